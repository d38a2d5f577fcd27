// RUN: pto-opt %s -p plan-matmul | filecheck %s

// A matmul whose operands sit in Left and Right needs no plan.
// CHECK-LABEL: func.func @placed(
// CHECK:         tile.matmul %{{.*}}, %{{.*}} : !tile.tile<16x32xi8, left>
func.func @placed(%a: !tile.tile<16x32xi8, left>, %b: !tile.tile<32x32xi8, right>) {
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8, left>, !tile.tile<32x32xi8, right> -> !tile.tile<16x32xi32, acc>
  func.return
}
