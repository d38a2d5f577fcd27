// RUN: pto-opt %s -p plan-matmul | filecheck %s

// Without a loop the loads are cut along K.
// CHECK-LABEL: func.func @straight(
// CHECK:         tile.matmul %{{.*}}, %{{.*}} {plan = {k_chunk = {{32|64|128|256}} : i64
func.func @straight(%act: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x256xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x512xi8> -> !tile.tile<16x512xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<512x256xi8> -> !tile.tile<512x256xi8>
  %x = tile.matmul %a, %b : !tile.tile<16x512xi8>, !tile.tile<512x256xi8> -> !tile.tile<16x256xi32>
  func.return
}
