// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @communication(
// CHECK:         pto.build_async_session(%t, %w : !pto.tile_buf<{{[^>]*}}>, !pto.ptr<i8>) {note, sync_id = 3 : i32, queue_num = 2 : i32} -> !pto.async_session
// CHECK:         pto.tput_async(%d, %s, %x : !pto.partition_tensor_view<1x128xf32>, !pto.partition_tensor_view<1x128xf32>, !pto.async_session) {note} -> !pto.async_event
// CHECK:         pto.tget_async(%d, %s, %x : !pto.partition_tensor_view<1x128xf32>, !pto.partition_tensor_view<1x128xf32>, !pto.async_session) {note} -> !pto.async_event
// CHECK:         pto.wait_async_event(%e, %x : !pto.async_event, !pto.async_session) {note} -> i1
// CHECK:         pto.test_async_event(%f, %x : !pto.async_event, !pto.async_session) {note} -> i1
// GENERIC:       "pto.build_async_session"(%t, %w) <{sync_id = 3 : i32, queue_num = 2 : i32}>
// GENERIC:       "pto.tput_async"(%d, %s, %x)
// GENERIC:       "pto.tget_async"(%d, %s, %x)
// GENERIC:       "pto.wait_async_event"(%e, %x)
// GENERIC:       "pto.test_async_event"(%f, %x)
func.func @communication(
    %t: !pto.tile_buf<vec, 16x32xf32>, %w: !pto.ptr<i8>, %d: !pto.partition_tensor_view<1x128xf32>,
    %s: !pto.partition_tensor_view<1x128xf32>) {
  %x = pto.build_async_session(%t, %w : !pto.tile_buf<vec, 16x32xf32>, !pto.ptr<i8>) {sync_id = 3 : i32, queue_num = 2 : i32, note} -> !pto.async_session
  %e = pto.tput_async(%d, %s, %x : !pto.partition_tensor_view<1x128xf32>, !pto.partition_tensor_view<1x128xf32>, !pto.async_session) {note} -> !pto.async_event
  %f = pto.tget_async(%d, %s, %x : !pto.partition_tensor_view<1x128xf32>, !pto.partition_tensor_view<1x128xf32>, !pto.async_session) {note} -> !pto.async_event
  %g = pto.wait_async_event(%e, %x : !pto.async_event, !pto.async_session) {note} -> i1
  %h = pto.test_async_event(%f, %x : !pto.async_event, !pto.async_session) {note} -> i1
  func.return
}
