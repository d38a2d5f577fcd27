// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @shapes(
// CHECK: tile.expand %{{.*}} : !tile.tile<16x1xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.expand %{{.*}} : !tile.tile<1x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.expand %{{.*}} : !tile.tile<1x1xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.reshape %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<8x128xf32>
// CHECK: tile.transpose %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<64x16xf32>
// CHECK: tile.concat %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x1xf32> -> !tile.tile<16x65xf32>
// GENERIC: "tile.expand"(
// GENERIC: "tile.expand"(
// GENERIC: "tile.expand"(
// GENERIC: "tile.reshape"(
// GENERIC: "tile.transpose"(
// GENERIC: "tile.concat"(
func.func @shapes(%a: !tile.tile<16x64xf32>, %c: !tile.tile<16x1xf32>, %r: !tile.tile<1x64xf32>, %one: !tile.tile<1x1xf32>) {
  %0 = tile.expand %c : !tile.tile<16x1xf32> -> !tile.tile<16x64xf32>
  %1 = tile.expand %r : !tile.tile<1x64xf32> -> !tile.tile<16x64xf32>
  %2 = tile.expand %one : !tile.tile<1x1xf32> -> !tile.tile<16x64xf32>
  %3 = tile.reshape %a : !tile.tile<16x64xf32> -> !tile.tile<8x128xf32>
  %4 = tile.transpose %a : !tile.tile<16x64xf32> -> !tile.tile<64x16xf32>
  %5 = tile.concat %a, %c : !tile.tile<16x64xf32>, !tile.tile<16x1xf32> -> !tile.tile<16x65xf32>
  func.return
}

// What is valid stays one run of elements.
// CHECK-LABEL: func.func @run_of_elements(
// CHECK: tile.reshape %{{.*}} : !tile.tile<16x1xf32, valid = ?x1> -> !tile.tile<1x16xf32, valid = 1x?>
// GENERIC: "tile.reshape"(
func.func @run_of_elements(%a: !tile.tile<16x1xf32, valid = ?x1>) {
  %0 = tile.reshape %a : !tile.tile<16x1xf32, valid = ?x1> -> !tile.tile<1x16xf32, valid = 1x?>
  func.return
}

// CHECK-LABEL: func.func @valid(
// CHECK: tile.set_valid %{{.*}}[%{{.*}}, %{{.*}}] : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32, valid = ?x?>
// CHECK: tile.set_valid %{{.*}}[%{{.*}}, %{{.*}}] : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32, valid = 5x?>
// CHECK: tile.fill_pad zero %{{.*}} : !tile.tile<16x64xf32, valid = ?x?> -> !tile.tile<16x64xf32>
// CHECK: tile.fill_pad min %{{.*}} : !tile.tile<16x64xf32, valid = ?x?> -> !tile.tile<16x64xf32>
// CHECK: tile.fill_pad max %{{.*}} : !tile.tile<16x64xf32, valid = ?x?> -> !tile.tile<16x64xf32>
// GENERIC: "tile.set_valid"(
// GENERIC: "tile.set_valid"(
// GENERIC: "tile.fill_pad"(
// GENERIC: "tile.fill_pad"(
// GENERIC: "tile.fill_pad"(
func.func @valid(%a: !tile.tile<16x64xf32>, %n: index) {
  %0 = tile.set_valid %a[%n, %n] : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32, valid = ?x?>
  %1 = tile.set_valid %a[%n, %n] : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32, valid = 5x?>
  %zero = tile.fill_pad zero %0 : !tile.tile<16x64xf32, valid = ?x?> -> !tile.tile<16x64xf32>
  %min = tile.fill_pad min %0 : !tile.tile<16x64xf32, valid = ?x?> -> !tile.tile<16x64xf32>
  %max = tile.fill_pad max %0 : !tile.tile<16x64xf32, valid = ?x?> -> !tile.tile<16x64xf32>
  func.return
}

// CHECK-LABEL: func.func @insert(
// CHECK: tile.insert %{{.*}} into %{{.*}}[%{{.*}}, %{{.*}}] : !tile.tile<8x32xf32> into !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// GENERIC: "tile.insert"(
func.func @insert(%a: !tile.tile<8x32xf32>, %b: !tile.tile<16x64xf32>, %i: index) {
  %0 = tile.insert %a into %b[%i, %i] : !tile.tile<8x32xf32> into !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

// CHECK-LABEL: func.func @numbers(
// CHECK: tile.splat %{{.*}} : f32 -> !tile.tile<16x64xf32>
// CHECK: tile.iota %{{.*}} : i32 -> !tile.tile<1x64xi32>
// CHECK: tile.iota %{{.*}} descending {note} : i32 -> !tile.tile<1x64xi32>
// GENERIC: "tile.splat"(
// GENERIC: "tile.iota"(
// GENERIC: "tile.iota"(
func.func @numbers(%x: f32, %i: i32) {
  %0 = tile.splat %x : f32 -> !tile.tile<16x64xf32>
  %1 = tile.iota %i : i32 -> !tile.tile<1x64xi32>
  %2 = tile.iota %i descending {note} : i32 -> !tile.tile<1x64xi32>
  func.return
}

// CHECK-LABEL: func.func @gathers(
// CHECK: tile.gather %{{.*}}[%{{.*}}] : !tile.tile<16x64xf32>[!tile.tile<16x8xi32>] -> !tile.tile<16x8xf32>
// CHECK: tile.gather_mask P0101 %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x32xf32>
// CHECK: tile.gather_mask P1000 %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x16xi32>
// GENERIC: "tile.gather"(
// GENERIC: "tile.gather_mask"(
// GENERIC: "tile.gather_mask"(
func.func @gathers(%a: !tile.tile<16x64xf32>, %i: !tile.tile<16x8xi32>) {
  %0 = tile.gather %a[%i] : !tile.tile<16x64xf32>[!tile.tile<16x8xi32>] -> !tile.tile<16x8xf32>
  %1 = tile.gather_mask P0101 %a : !tile.tile<16x64xf32> -> !tile.tile<16x32xf32>
  %2 = tile.gather_mask P1000 %a : !tile.tile<16x64xf32> -> !tile.tile<16x16xi32>
  func.return
}

// CHECK-LABEL: func.func @sorting(
// CHECK: tile.sort32 %{{.*}}, %{{.*}} : !tile.tile<2x64xf32>, !tile.tile<1x64xui32> -> !tile.tile<2x128xf32>
// CHECK: tile.merge_sort %{{.*}} blocks(64) : !tile.tile<1x256xf32> -> !tile.tile<1x256xf32>
// CHECK: tile.merge_sort %{{.*}}, %{{.*}}, %{{.*}} : !tile.tile<1x256xf32>, !tile.tile<1x256xf32>, !tile.tile<1x256xf32> -> !tile.tile<1x512xf32>
// GENERIC: "tile.sort32"(
// GENERIC: "tile.merge_sort"(
// GENERIC: "tile.merge_sort"(
func.func @sorting(%a: !tile.tile<2x64xf32>, %i: !tile.tile<1x64xui32>, %l: !tile.tile<1x256xf32>) {
  %0 = tile.sort32 %a, %i : !tile.tile<2x64xf32>, !tile.tile<1x64xui32> -> !tile.tile<2x128xf32>
  %1 = tile.merge_sort %l blocks(64) : !tile.tile<1x256xf32> -> !tile.tile<1x256xf32>
  %2 = tile.merge_sort %l, %l, %l : !tile.tile<1x256xf32>, !tile.tile<1x256xf32>, !tile.tile<1x256xf32> -> !tile.tile<1x512xf32>
  func.return
}
