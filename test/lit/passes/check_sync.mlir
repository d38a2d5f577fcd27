// RUN: pto-opt %s -p check-sync --verify-diagnostics

func.func @unordered(%p: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %b0 = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %x = pto.alloc_tile addr = %b0 : !pto.tile_buf<vec, 8x64xf32>
  pto.tload ins(%gm : !pto.partition_tensor_view<8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
  pto.set_flag[<PIPE_V>, <PIPE_MTE3>, <EVENT_ID0>]
  pto.wait_flag[<PIPE_V>, <PIPE_MTE3>, <EVENT_ID0>]
  // expected-error@+6 {{MTE2 may still write bytes 0 to 2048 of vec by pto.tload at line 12 while V reads them by pto.texp at line 21: nothing makes V wait [TW0430]}}
  // expected-note@+5 {{first: }}
  // expected-note@+4 {{then: }}
  // expected-note@+3 {{an order of events that breaks it:}}
  // expected-note@+2 {{a flag from MTE2 to V, raised after line 12 and awaited before line 21}}

  pto.texp ins(%x : !pto.tile_buf<vec, 8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
