// RUN: pto-opt %s -p plan-matmul,lower-matmul --verify-diagnostics

func.func @may_not_run(%t: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %o: !tile.tensor<16x32xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  // expected-warning@+1 {{the sum is undefined when this loop does not run}}
  %r = scf.for %k = %c0 to %n step %c32 iter_args(%x = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %t[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    // expected-remark@+1 {{plan: K chunk 32}}
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %x1 : !tile.tile<16x32xi32>
  }
  tile.store %r, %o[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
