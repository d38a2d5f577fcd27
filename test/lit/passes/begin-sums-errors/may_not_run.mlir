// RUN: pto-opt %s -p begin-sums --verify-diagnostics

func.func @may_not_run(%n: index, %x: !tile.tile<16x32xi8>, %w: !tile.tile<32x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %n step %c1 iter_args(%s = %zero) -> (!tile.tile<16x64xi32>) {
    %first = arith.cmpi eq, %k, %c0 : index
    %t = scf.if %first -> (!tile.tile<16x64xi32>) {
      %start = tile.matmul %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
      scf.yield %start : !tile.tile<16x64xi32>
    } else {
      %more = tile.matmul acc(%s) %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
      scf.yield %more : !tile.tile<16x64xi32>
    }
    scf.yield %t : !tile.tile<16x64xi32>
  }
  // expected-warning@+1 {{the sum is undefined when the loop around its matmuls does not run: accumulators are not filled with zeros, the first matmul overwrites them [TW0209]}}
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
