// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// A module that marks its entry keeps its choice.
// CHECK: func.func @launched(%{{.*}}: !pto.ptr<i32>) attributes {pto.entry, pto.kernel_kind = #pto.kernel_kind<cube>} {
// CHECK: func.func @helper(%{{.*}}: !pto.ptr<i32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
func.func @launched(%out: !tile.tensor<16x16xi32>) attributes {pto.entry} {
  %c0 = arith.constant 0 : index
  %a = tile.empty : !tile.tile<16x16xi32, acc>
  tile.store %a, %out[%c0, %c0] : !tile.tile<16x16xi32, acc>, !tile.tensor<16x16xi32>
  func.return
}

func.func @helper(%out: !tile.tensor<16x16xi32>) {
  %c0 = arith.constant 0 : index
  %a = tile.empty : !tile.tile<16x16xi32, acc>
  tile.store %a, %out[%c0, %c0] : !tile.tile<16x16xi32, acc>, !tile.tensor<16x16xi32>
  func.return
}
