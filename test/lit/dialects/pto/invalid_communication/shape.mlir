// RUN: pto-opt %s --verify-diagnostics

func.func @shape(
    %d: !pto.partition_tensor_view<1x128xf32>, %s: !pto.partition_tensor_view<1x64xf32>, %x: !pto.async_session) {
  // expected-error@+1 {{a transfer keeps the shape, got 1x64 and 1x128 [TW0148]}}
  %e = pto.tget_async(%d, %s, %x : !pto.partition_tensor_view<1x128xf32>, !pto.partition_tensor_view<1x64xf32>, !pto.async_session) -> !pto.async_event
  func.return
}
