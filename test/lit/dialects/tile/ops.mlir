// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @empty
// CHECK:         %[[X:[a-z0-9]+]] = tile.empty : !tile.tile<16x256xi32, acc>
// CHECK:         %[[Y:[a-z0-9]+]] = tile.empty {note = "kept"} : !tile.tile<16x256xi32>
// GENERIC:       "tile.empty"() : () -> !tile.tile<16x256xi32, acc>
func.func @empty() {
  %x = tile.empty : !tile.tile<16x256xi32, acc>
  %y = tile.empty {note = "kept"} : !tile.tile<16x256xi32>
  func.return
}

// CHECK-LABEL: func.func @full
// CHECK:         tile.full 0 : i32 : !tile.tile<16x256xi32>
// CHECK:         tile.full -1.500000e+00 : f32 {note = 1 : i64} : !tile.tile<16x256xf32, vec>
// GENERIC:       "tile.full"() <{value = 0 : i32}> : () -> !tile.tile<16x256xi32>
func.func @full() {
  %zero = tile.full 0 : i32 : !tile.tile<16x256xi32>
  %part = tile.full -1.5 : f32 {note = 1} : !tile.tile<16x256xf32, vec>
  func.return
}

// CHECK-LABEL: func.func @ring
// CHECK:         tile.ring : !tile.ring<3 x !tile.tile<16x512xi8, mat>>
// CHECK:         tile.ring {note} : !tile.ring<1 x !tile.tile<16x512xi8, mat>>
// GENERIC:       "tile.ring"() : () -> !tile.ring<3 x
func.func @ring() {
  %r = tile.ring : !tile.ring<3 x !tile.tile<16x512xi8, mat>>
  %s = tile.ring {note} : !tile.ring<1 x !tile.tile<16x512xi8, mat>>
  func.return
}

// CHECK-LABEL: func.func @load(
// CHECK-SAME:      %[[T:[a-z0-9]+]]: !tile.tensor<16x5120xi8>, %[[K:[a-z0-9]+]]: index, %[[R:[a-z0-9]+]]: !tile.ring
// CHECK:         tile.load %[[T]][%[[K]], %[[K]]] : !tile.tensor<16x5120xi8> -> !tile.tile<16x512xi8>
// CHECK:         tile.load %[[T]][%[[K]], %[[K]]] into %[[R]][%[[K]]] of !tile.ring<3 x !tile.tile<16x512xi8, mat>>
// CHECK-SAME:      {note} : !tile.tensor<16x5120xi8> -> !tile.tile<16x512xi8, mat>
// GENERIC:       "tile.load"(%{{.*}}) <{operandSegmentSizes = array<i32: {{[^>]*}}>}> : (!tile.tensor<16x5120xi8>
func.func @load(%t: !tile.tensor<16x5120xi8>, %k: index, %r: !tile.ring<3 x !tile.tile<16x512xi8, mat>>) {
  %a = tile.load %t[%k, %k] : !tile.tensor<16x5120xi8> -> !tile.tile<16x512xi8>
  %b = tile.load %t[%k, %k] into %r[%k] of !tile.ring<3 x !tile.tile<16x512xi8, mat>> {note}
    : !tile.tensor<16x5120xi8> -> !tile.tile<16x512xi8, mat>
  func.return
}

// Only the valid part has to lie within the tensor.
// CHECK-LABEL: func.func @load_part(
// CHECK:         tile.load {{.*}} : !tile.tensor<5x512xi8> -> !tile.tile<16x512xi8, vec, valid = 5x512>
func.func @load_part(%t: !tile.tensor<5x512xi8>) {
  %zero = arith.constant 0 : index
  %a = tile.load %t[%zero, %zero] : !tile.tensor<5x512xi8> -> !tile.tile<16x512xi8, vec, valid = 5x512>
  func.return
}

// CHECK-LABEL: func.func @store(
// CHECK:         tile.store %[[A:[a-z0-9]+]], %[[T:[a-z0-9]+]][%[[I:[a-z0-9]+]], %[[I]]] : !tile.tile<16x256xi32, acc>, !tile.tensor<?x256xi32>
// CHECK:         tile.store %{{.*}}, %[[T]][%[[I]], %[[I]]] {note} : !tile.tile<16x256xi32>, !tile.tensor<?x256xi32>
// GENERIC:       "tile.store"(%{{.*}}) : (!tile.tile<16x256xi32, acc>, !tile.tensor<?x256xi32>, index, index) -> ()
func.func @store(%a: !tile.tile<16x256xi32, acc>, %b: !tile.tile<16x256xi32>, %t: !tile.tensor<?x256xi32>, %i: index) {
  tile.store %a, %t[%i, %i] : !tile.tile<16x256xi32, acc>, !tile.tensor<?x256xi32>
  tile.store %b, %t[%i, %i] {note} : !tile.tile<16x256xi32>, !tile.tensor<?x256xi32>
  func.return
}

// A store from Acc may convert, also while the tile has no place yet.
// CHECK-LABEL: func.func @store_converts(
// CHECK:         : !tile.tile<16x256xf32, acc>, !tile.tensor<16x256xbf16>
// CHECK:         : !tile.tile<16x256xf32>, !tile.tensor<16x256xbf16>
func.func @store_converts(
    %a: !tile.tile<16x256xf32, acc>, %b: !tile.tile<16x256xf32>, %t: !tile.tensor<16x256xbf16>, %i: index) {
  tile.store %a, %t[%i, %i] : !tile.tile<16x256xf32, acc>, !tile.tensor<16x256xbf16>
  tile.store %b, %t[%i, %i] : !tile.tile<16x256xf32>, !tile.tensor<16x256xbf16>
  func.return
}

// CHECK-LABEL: func.func @move(
// CHECK-SAME:      %[[A:[a-z0-9]+]]: !tile.tile<16x128xi8, mat>, %[[I:[a-z0-9]+]]: index, %[[R:[a-z0-9]+]]: !tile.ring
// CHECK:         tile.move %[[A]] : !tile.tile<16x128xi8, mat> -> !tile.tile<16x128xi8, left>
// CHECK:         tile.move %[[A]] into %[[R]][%[[I]]] of !tile.ring<2 x !tile.tile<16x128xi8, left>> {note}
// CHECK-SAME:      : !tile.tile<16x128xi8, mat> -> !tile.tile<16x128xi8, left>
// GENERIC:       "tile.move"(%{{.*}}) <{operandSegmentSizes = array<i32: {{[^>]*}}>}> : (!tile.tile<16x128xi8, mat>)
func.func @move(%a: !tile.tile<16x128xi8, mat>, %i: index, %r: !tile.ring<2 x !tile.tile<16x128xi8, left>>) {
  %b = tile.move %a : !tile.tile<16x128xi8, mat> -> !tile.tile<16x128xi8, left>
  %c = tile.move %a into %r[%i] of !tile.ring<2 x !tile.tile<16x128xi8, left>> {note}
    : !tile.tile<16x128xi8, mat> -> !tile.tile<16x128xi8, left>
  func.return
}

// CHECK-LABEL: func.func @extract(
// CHECK-SAME:      %[[A:[a-z0-9]+]]: !tile.tile<16x512xi8, mat>, %[[I:[a-z0-9]+]]: index, %[[R:[a-z0-9]+]]: !tile.ring
// CHECK:         tile.extract %[[A]][%[[I]], %[[I]]] : !tile.tile<16x512xi8, mat> -> !tile.tile<16x128xi8, right>
// CHECK:         tile.extract %[[A]][%[[I]], %[[I]]] into %[[R]][%[[I]]] of !tile.ring<2 x !tile.tile<16x128xi8, left>>
// CHECK-SAME:      {note} : !tile.tile<16x512xi8, mat> -> !tile.tile<16x128xi8, left>
// GENERIC:       "tile.extract"(%{{.*}}) <{operandSegmentSizes = array<i32: {{[^>]*}}>}> : (!tile.tile<16x512xi8, mat>
func.func @extract(%a: !tile.tile<16x512xi8, mat>, %i: index, %r: !tile.ring<2 x !tile.tile<16x128xi8, left>>) {
  %b = tile.extract %a[%i, %i] : !tile.tile<16x512xi8, mat> -> !tile.tile<16x128xi8, right>
  %c = tile.extract %a[%i, %i] into %r[%i] of !tile.ring<2 x !tile.tile<16x128xi8, left>> {note}
    : !tile.tile<16x512xi8, mat> -> !tile.tile<16x128xi8, left>
  func.return
}

// CHECK-LABEL: func.func @extract_unplaced(
// CHECK:         tile.extract %{{.*}} : !tile.tile<16x512xf16> -> !tile.tile<8x100xf16>
func.func @extract_unplaced(%a: !tile.tile<16x512xf16>, %i: index) {
  %b = tile.extract %a[%i, %i] : !tile.tile<16x512xf16> -> !tile.tile<8x100xf16>
  func.return
}

// CHECK-LABEL: func.func @matmul(
// CHECK-SAME:      %[[A:[a-z0-9]+]]: !tile.tile<16x32xi8>, %[[B:[a-z0-9]+]]: !tile.tile<32x16xi8>
// CHECK:         %[[C:[a-z0-9]+]] = tile.matmul %[[A]], %[[B]] : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
// CHECK:         tile.matmul acc(%[[C]]) %[[A]], %[[B]] {note} : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> ->
// GENERIC:       "tile.matmul"(%{{.*}}) <{operandSegmentSizes = array<i32: 0, 0, 1, 1>}>
// GENERIC:       "tile.matmul"(%{{.*}}) <{operandSegmentSizes = array<i32: 1, 0, 1, 1>}> {note}
func.func @matmul(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  %d = tile.matmul acc(%c) %a, %b {note} : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}

// Two right operands of different widths; `init` says where the sum starts afresh.
// CHECK-LABEL: func.func @matmul_two(
// CHECK-SAME:      %[[A:[a-z0-9]+]]: !tile.tile<16x32xf16, left>, %[[B:[a-z0-9]+]]: !tile.tile<32x16xf16, right>,
// CHECK-SAME:      %[[C:[a-z0-9]+]]: !tile.tile<32x48xf16, right>, %[[I:[a-z0-9]+]]: i1)
// CHECK:         %[[D:[a-z0-9]+]], %[[E:[a-z0-9]+]] = tile.matmul %[[A]], %[[B]], %[[C]]
// CHECK-SAME:      : !tile.tile<16x32xf16, left>, !tile.tile<32x16xf16, right>, !tile.tile<32x48xf16, right>
// CHECK-SAME:      -> !tile.tile<16x16xf32, acc>, !tile.tile<16x48xf32, acc>
// CHECK:         %{{.*}}, %{{.*}} = tile.matmul acc(%[[D]], %[[E]]) init(%[[I]]) %[[A]], %[[B]], %[[C]]
// GENERIC:       "tile.matmul"(%{{.*}}) <{operandSegmentSizes = array<i32: 2, 1, 1, 2>}>
func.func @matmul_two(
    %a: !tile.tile<16x32xf16, left>, %b: !tile.tile<32x16xf16, right>, %c: !tile.tile<32x48xf16, right>, %i: i1) {
  %d, %e = tile.matmul %a, %b, %c
    : !tile.tile<16x32xf16, left>, !tile.tile<32x16xf16, right>, !tile.tile<32x48xf16, right>
    -> !tile.tile<16x16xf32, acc>, !tile.tile<16x48xf32, acc>
  %f, %g = tile.matmul acc(%d, %e) init(%i) %a, %b, %c
    : !tile.tile<16x32xf16, left>, !tile.tile<32x16xf16, right>, !tile.tile<32x48xf16, right>
    -> !tile.tile<16x16xf32, acc>, !tile.tile<16x48xf32, acc>
  func.return
}

// The valid parts multiply like the tiles.
// CHECK-LABEL: func.func @matmul_valid(
// CHECK:         -> !tile.tile<16x16xi32, valid = 5x7>
func.func @matmul_valid(%a: !tile.tile<16x64xi8, mat, valid = 5x32>, %b: !tile.tile<64x16xi8, mat, valid = 32x7>) {
  %c = tile.matmul %a, %b
    : !tile.tile<16x64xi8, mat, valid = 5x32>, !tile.tile<64x16xi8, mat, valid = 32x7>
    -> !tile.tile<16x16xi32, valid = 5x7>
  func.return
}

// CHECK-LABEL: func.func @pipeline(
// CHECK-SAME:      %[[N:[a-z0-9]+]]: index) {
// CHECK:         tile.pipeline stages(1) %[[I:[a-z0-9]+]] = %[[N]] to %[[N]] step %[[N]] {
// CHECK-NEXT:      arith.addi %[[I]], %[[I]] : index
// CHECK-NEXT:    }
// CHECK-NEXT:    tile.pipeline stages(2) %{{.*}} = %[[N]] to %[[N]] step %[[N]] {
// CHECK-NEXT:    } {note}
// GENERIC:       "tile.pipeline"(%{{.*}}) <{stages = 1 : i64}> ({
// GENERIC:         "tile.yield"() : () -> ()
func.func @pipeline(%n: index) {
  tile.pipeline stages(1) %i = %n to %n step %n {
    %j = arith.addi %i, %i : index
  }
  tile.pipeline stages(2) %i = %n to %n step %n {
    tile.yield
  } {note}
  func.return
}

// CHECK-LABEL: func.func @pipeline_carries(
// CHECK-SAME:      %[[N:[a-z0-9]+]]: index, %[[T:[a-z0-9]+]]: !tile.tile<16x16xi32, acc>)
// CHECK:         %[[R:[a-z0-9]+]], %[[S:[a-z0-9]+]] = tile.pipeline stages(3) %{{.*}} = %[[N]] to %[[N]] step %[[N]]
// CHECK-SAME:      iter_args(%[[X:[a-z0-9]+]] = %[[T]], %[[Y:[a-z0-9]+]] = %[[N]]) -> (!tile.tile<16x16xi32, acc>, index) {
// CHECK-NEXT:      tile.yield %[[X]], %[[Y]] : !tile.tile<16x16xi32, acc>, index
// CHECK-NEXT:    }
// CHECK-NEXT:    func.return %[[R]], %[[S]]
// GENERIC:       ^{{.*}}(%{{.*}}: index, %[[X:.*]]: !tile.tile<16x16xi32, acc>, %[[Y:.*]]: index):
// GENERIC-NEXT:    "tile.yield"(%[[X]], %[[Y]]) : (!tile.tile<16x16xi32, acc>, index) -> ()
func.func @pipeline_carries(%n: index, %t: !tile.tile<16x16xi32, acc>) -> (!tile.tile<16x16xi32, acc>, index) {
  %r, %s = tile.pipeline stages(3) %i = %n to %n step %n
      iter_args(%x = %t, %y = %n) -> (!tile.tile<16x16xi32, acc>, index) {
    tile.yield %x, %y : !tile.tile<16x16xi32, acc>, index
  }
  func.return %r, %s : !tile.tile<16x16xi32, acc>, index
}
