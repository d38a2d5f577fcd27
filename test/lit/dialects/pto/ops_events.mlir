// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @events(
// CHECK:         pto.record_event[#pto.pipe_event_type<TLOAD>, #pto.sync_op_type<TVEC>, <EVENT_ID0>]
// CHECK:         pto.wait_event[#pto.pipe_event_type<TLOAD>, #pto.sync_op_type<TVEC>, <EVENT_ID0>] {note}
// CHECK:         pto.barrier_sync[<TVEC>] {note}
// CHECK:         pto.get_buf[#pto.pipe_event_type<TVEC>, 3] {mode = 1 : i32}
// CHECK:         pto.rls_buf[#pto.pipe_event_type<TVEC>, 3] {note}
// CHECK:         pto.tsync ins(%t, %p : !pto.tile_buf<{{[^>]*}}>, !pto.partition_tensor_view<16x32xf32>) {note}
// CHECK:         pto.declare_eventid_array -> !pto.eventid_array<4>
// CHECK:         pto.eventid_array_get %e[%i] {note} : !pto.eventid_array<4>
// CHECK:         pto.eventid_array_set %e[%i], %n {note} : !pto.eventid_array<4>
// GENERIC:       "pto.record_event"() <{src_op = #pto.pipe_event_type<TLOAD>, dst_op = #pto.sync_op_type<TVEC>, event_id = #pto.event<EVENT_ID0>}>
// GENERIC:       "pto.wait_event"() <{src_op = #pto.pipe_event_type<TLOAD>, dst_op = #pto.sync_op_type<TVEC>, event_id = #pto.event<EVENT_ID0>}>
// GENERIC:       "pto.barrier_sync"() <{op_type = #pto.sync_op_type<TVEC>}>
// GENERIC:       "pto.get_buf"() <{op_type = #pto.pipe_event_type<TVEC>, buf_id = 3 : i32, mode = 1 : i32}>
// GENERIC:       "pto.rls_buf"() <{op_type = #pto.pipe_event_type<TVEC>, buf_id = 3 : i32, mode = 0 : i32}>
// GENERIC:       "pto.tsync"(%t, %p)
// GENERIC:       "pto.declare_eventid_array"()
// GENERIC:       "pto.eventid_array_get"(%e, %i)
// GENERIC:       "pto.eventid_array_set"(%e, %i, %n)
func.func @events(%i: index, %t: !pto.tile_buf<vec, 16x32xf32>, %p: !pto.partition_tensor_view<16x32xf32>) {
  pto.record_event[#pto.pipe_event_type<TLOAD>, #pto.sync_op_type<TVEC>, <EVENT_ID0>]
  pto.wait_event[#pto.pipe_event_type<TLOAD>, #pto.sync_op_type<TVEC>, #pto.event<EVENT_ID0>] {note}
  pto.barrier_sync[<TVEC>] {note}
  pto.get_buf[#pto.pipe_event_type<TVEC>, 3] {mode = 1 : i32}
  pto.rls_buf[#pto.pipe_event_type<TVEC>, 3] {note}
  pto.tsync ins(%t, %p : !pto.tile_buf<vec, 16x32xf32>, !pto.partition_tensor_view<16x32xf32>) {note}
  %e = pto.declare_eventid_array -> !pto.eventid_array<4>
  %n = pto.eventid_array_get %e[%i] {note} : !pto.eventid_array<4>
  pto.eventid_array_set %e[%i], %n {note} : !pto.eventid_array<4>
  func.return
}
