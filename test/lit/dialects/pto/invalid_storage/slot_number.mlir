// RUN: pto-opt %s --verify-diagnostics

func.func @slot_number(%r: !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2>) {
  %i = arith.constant 2 : index
  // expected-error@+1 {{slot 2 does not exist: the ring has 2 [TW0105]}}
  %t = pto.multi_tile_get %r[%i]
    : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2> -> !pto.tile_buf<mat, 16x32xi8>
  func.return
}
