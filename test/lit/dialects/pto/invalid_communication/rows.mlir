// RUN: pto-opt %s --verify-diagnostics

func.func @rows(
    %d: !pto.partition_tensor_view<16x32xf32>, %s: !pto.partition_tensor_view<16x32xf32>, %x: !pto.async_session) {
  // expected-error@+1 {{pto.tget_async takes one row of known length, %d is 16x32 [TW0148]}}
  %e = pto.tget_async(%d, %s, %x : !pto.partition_tensor_view<16x32xf32>, !pto.partition_tensor_view<16x32xf32>, !pto.async_session) -> !pto.async_event
  func.return
}
