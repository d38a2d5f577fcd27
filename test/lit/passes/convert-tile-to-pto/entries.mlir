// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// Of several functions ptoas launches those that are marked, so each kernel is.
// CHECK: func.func @first(%{{.*}}: !pto.ptr<i32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>, pto.entry} {
// CHECK: func.func @second(%{{.*}}: !pto.ptr<i32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>, pto.entry} {
func.func @first(%out: !tile.tensor<16x16xi32>) {
  %c0 = arith.constant 0 : index
  %a = tile.empty : !tile.tile<16x16xi32, acc>
  tile.store %a, %out[%c0, %c0] : !tile.tile<16x16xi32, acc>, !tile.tensor<16x16xi32>
  func.return
}

func.func @second(%out: !tile.tensor<16x16xi32>) {
  %c0 = arith.constant 0 : index
  %a = tile.empty : !tile.tile<16x16xi32, acc>
  tile.store %a, %out[%c0, %c0] : !tile.tile<16x16xi32, acc>, !tile.tensor<16x16xi32>
  func.return
}
