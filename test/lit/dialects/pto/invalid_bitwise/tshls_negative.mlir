// RUN: pto-opt %s --verify-diagnostics

func.func @tshls_negative(%src: !pto.tile_buf<vec, 16x32xi64>, %dst: !pto.tile_buf<vec, 16x32xi64>) {
  %scalar = arith.constant -1 : i32
  // expected-error@+1 {{pto.tshls shifts by -1 bits; the number must not be negative [TW0129]}}
  pto.tshls ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi64>, i32) outs(%dst : !pto.tile_buf<vec, 16x32xi64>)
  func.return
}
