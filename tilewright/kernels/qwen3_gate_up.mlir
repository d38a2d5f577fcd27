// The gate and up projection of one Qwen3-14B A8W8 decode task: one activation tile, two weight tiles, INT8 -> INT32.
// Nothing is placed and nothing is fused: two plain matmuls that share their left operand. Compile it with
//   pto-opt examples/qwen3_gate_up.mlir -p a2a3 -t pto
func.func @gate_up(%act: !tile.tensor<16x5120xi8>,
                   %w_gate: !tile.tensor<5120x256xi8>, %w_up: !tile.tensor<5120x256xi8>,
                   %gate_out: !tile.tensor<16x256xi32>, %up_out: !tile.tensor<16x256xi32>) {
  %c0 = arith.constant 0 : index
  %c512 = arith.constant 512 : index
  %c5120 = arith.constant 5120 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x256xi32>
  %gate, %up = scf.for %k = %c0 to %c5120 step %c512
      iter_args(%g = %zero, %u = %zero) -> (!tile.tile<16x256xi32>, !tile.tile<16x256xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x5120xi8> -> !tile.tile<16x512xi8>
    %wg = tile.load %w_gate[%k, %c0] : !tile.tensor<5120x256xi8> -> !tile.tile<512x256xi8>
    %g1 = tile.matmul acc(%g) %a, %wg : !tile.tile<16x512xi8>, !tile.tile<512x256xi8> -> !tile.tile<16x256xi32>
    %wu = tile.load %w_up[%k, %c0] : !tile.tensor<5120x256xi8> -> !tile.tile<512x256xi8>
    %u1 = tile.matmul acc(%u) %a, %wu : !tile.tile<16x512xi8>, !tile.tile<512x256xi8> -> !tile.tile<16x256xi32>
    scf.yield %g1, %u1 : !tile.tile<16x256xi32>, !tile.tile<16x256xi32>
  }
  tile.store %gate, %gate_out[%c0, %c0] : !tile.tile<16x256xi32>, !tile.tensor<16x256xi32>
  tile.store %up, %up_out[%c0, %c0] : !tile.tile<16x256xi32>, !tile.tensor<16x256xi32>
  func.return
}
