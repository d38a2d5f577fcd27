// RUN: pto-opt %s -p plan-memory --verify-diagnostics

func.func @too_much(%n: index) {
  // expected-error@+3 {{Left buffers cannot be placed: they reach 131072 bytes of 65536 [TW0204]}}
  // expected-note@+2 {{%l takes 131072 bytes}}
  // expected-note@+1 {{use smaller tiles, or fewer slots}}
  %l = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<left, 128x512xi8, slayout=row_major>, count=2>
  %get = pto.multi_tile_get %l[%n]
    : !pto.multi_tile_buf<!pto.tile_buf<left, 128x512xi8, slayout=row_major>, count=2>
    -> !pto.tile_buf<left, 128x512xi8, slayout=row_major>
  func.return
}
