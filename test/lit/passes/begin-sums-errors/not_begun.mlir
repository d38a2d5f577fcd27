// RUN: pto-opt %s -p begin-sums --verify-diagnostics

// Where the flag is off, nothing has written to the accumulator that is stored.
func.func @not_begun(%flag: i1, %x: !tile.tile<16x32xi8>, %w: !tile.tile<32x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %s = scf.if %flag -> (!tile.tile<16x64xi32>) {
    %more = tile.matmul %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %more : !tile.tile<16x64xi32>
  } else {
    scf.yield %zero : !tile.tile<16x64xi32>
  }
  // expected-error@+2 {{%s is read where it may not have begun: it starts from zeros, but accumulators are not filled with zeros, and there is a way here on which no matmul has overwritten them [TW0214]}}
  // expected-note@+1 {{begin the sum with a matmul before the branch, or read it where a matmul has certainly run}}
  tile.store %s, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
