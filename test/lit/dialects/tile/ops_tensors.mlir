// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// Leading dimensions become rows; how much is valid may be known at run time only.
// CHECK-LABEL: func.func @windows(
// CHECK: tile.load %{{.*}}[%{{.*}}, %{{.*}}, %{{.*}}] sizes [1, 16, 64] : !tile.tensor<4x16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.load %{{.*}}[%{{.*}}] sizes [64] {note} : !tile.tensor<64xf32> -> !tile.tile<1x64xf32>
// CHECK: tile.load %{{.*}}[%{{.*}}, %{{.*}}] valid(%{{.*}}, %{{.*}}) : !tile.tensor<?x64xf32> -> !tile.tile<16x64xf32, valid = ?x?>
// CHECK: tile.load %{{.*}}[%{{.*}}, %{{.*}}, %{{.*}}] sizes [2, 8, 64] valid(%{{.*}}, %{{.*}}) : !tile.tensor<4x16x64xf32> -> !tile.tile<16x64xf32, valid = 5x?>
// CHECK: tile.store %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}, %{{.*}}] sizes [2, 8, 64] : !tile.tile<16x64xf32>, !tile.tensor<4x16x64xf32>
// CHECK: tile.store %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}] atomic add {note} : !tile.tile<16x64xf32, valid = ?x?>, !tile.tensor<?x64xf32>
// GENERIC: "tile.load"(
// GENERIC: "tile.load"(
// GENERIC: "tile.load"(
// GENERIC: "tile.load"(
// GENERIC: "tile.store"(
// GENERIC: "tile.store"(
func.func @windows(%t: !tile.tensor<4x16x64xf32>, %u: !tile.tensor<?x64xf32>, %v: !tile.tensor<64xf32>, %n: index) {
  %0 = tile.load %t[%n, %n, %n] sizes [1, 16, 64] : !tile.tensor<4x16x64xf32> -> !tile.tile<16x64xf32>
  %1 = tile.load %v[%n] sizes [64] {note} : !tile.tensor<64xf32> -> !tile.tile<1x64xf32>
  %2 = tile.load %u[%n, %n] valid(%n, %n) : !tile.tensor<?x64xf32> -> !tile.tile<16x64xf32, valid = ?x?>
  %3 = tile.load %t[%n, %n, %n] sizes [2, 8, 64] valid(%n, %n) : !tile.tensor<4x16x64xf32> -> !tile.tile<16x64xf32, valid = 5x?>
  tile.store %0, %t[%n, %n, %n] sizes [2, 8, 64] : !tile.tile<16x64xf32>, !tile.tensor<4x16x64xf32>
  tile.store %2, %u[%n, %n] atomic add {note} : !tile.tile<16x64xf32, valid = ?x?>, !tile.tensor<?x64xf32>
  func.return
}

// CHECK-LABEL: func.func @tensors(
// CHECK: tile.alloc_tensor(%{{.*}}) : !tile.tensor<?x64xf32>
// CHECK: tile.alloc_tensor() init 5.000000e-01 : f32 : !tile.tensor<4x16x64xf32>
// CHECK: tile.view %{{.*}}[%{{.*}}, %{{.*}}] : !tile.tensor<?x64xf32> -> !tile.tensor<?x32xf32>
// CHECK: tile.tensor_reshape %{{.*}} : !tile.tensor<4x16x64xf32> -> !tile.tensor<?x64xf32>
// CHECK: tile.dim %{{.*}}, 1 : !tile.tensor<?x64xf32>
// GENERIC: "tile.alloc_tensor"(
// GENERIC: "tile.alloc_tensor"(
// GENERIC: "tile.view"(
// GENERIC: "tile.tensor_reshape"(
// GENERIC: "tile.dim"(
func.func @tensors(%t: !tile.tensor<?x64xf32>, %n: index) {
  %0 = tile.alloc_tensor(%n) : !tile.tensor<?x64xf32>
  %1 = tile.alloc_tensor() init 0.5 : f32 : !tile.tensor<4x16x64xf32>
  %2 = tile.view %t[%n, %n] : !tile.tensor<?x64xf32> -> !tile.tensor<?x32xf32>
  %3 = tile.tensor_reshape %1 : !tile.tensor<4x16x64xf32> -> !tile.tensor<?x64xf32>
  %4 = tile.dim %t, 1 : !tile.tensor<?x64xf32>
  func.return
}

// CHECK-LABEL: func.func @elements(
// CHECK: tile.read %{{.*}}[%{{.*}}, %{{.*}}] : !tile.tensor<?x64xf32> -> f32
// CHECK: tile.read %{{.*}}[%{{.*}}, %{{.*}}] : !tile.tile<16x64xf32> -> f32
// CHECK: tile.write %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}] : f32, !tile.tensor<?x64xf32>
// GENERIC: "tile.read"(
// GENERIC: "tile.read"(
// GENERIC: "tile.write"(
func.func @elements(%t: !tile.tensor<?x64xf32>, %a: !tile.tile<16x64xf32>, %n: index) {
  %0 = tile.read %t[%n, %n] : !tile.tensor<?x64xf32> -> f32
  %1 = tile.read %a[%n, %n] : !tile.tile<16x64xf32> -> f32
  tile.write %1, %t[%n, %n] : f32, !tile.tensor<?x64xf32>
  func.return
}
