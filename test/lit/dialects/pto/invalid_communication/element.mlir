// RUN: pto-opt %s --verify-diagnostics

func.func @element(
    %d: !pto.partition_tensor_view<1x128xf32>, %s: !pto.partition_tensor_view<1x128xi8>, %x: !pto.async_session) {
  // expected-error@+1 {{a transfer keeps the element type, got i8 and f32 [TW0148]}}
  %e = pto.tput_async(%d, %s, %x : !pto.partition_tensor_view<1x128xf32>, !pto.partition_tensor_view<1x128xi8>, !pto.async_session) -> !pto.async_event
  func.return
}
