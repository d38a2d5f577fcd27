// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @core_sync(
// CHECK:         pto.set_ffts %m {note} : memref<256xi64>
// CHECK:         pto.sync.set <PIPE_FIX>, 3 {ffts_mode = 2 : i32, note}
// CHECK:         pto.sync.set <PIPE_FIX>, %i
// CHECK:         pto.sync.wait <PIPE_V>, 3 {note}
// CHECK:         pto.sync.wait <PIPE_V>, %i
// GENERIC:       "pto.set_ffts"(%m)
// GENERIC:       "pto.sync.set"() <{pipe = #pto.pipe<PIPE_FIX>, event_id = 3 : i32, ffts_mode = 2 : i32}>
// GENERIC:       "pto.sync.set"(%i) <{pipe = #pto.pipe<PIPE_FIX>}>
// GENERIC:       "pto.sync.wait"() <{pipe = #pto.pipe<PIPE_V>, event_id = 3 : i32}>
// GENERIC:       "pto.sync.wait"(%i) <{pipe = #pto.pipe<PIPE_V>}>
func.func @core_sync(%m: memref<256xi64>, %i: index) {
  pto.set_ffts %m {note} : memref<256xi64>
  pto.sync.set <PIPE_FIX>, 3 {ffts_mode = 2 : i32, note}
  pto.sync.set #pto.pipe<PIPE_FIX>, %i
  pto.sync.wait <PIPE_V>, 3 {note}
  pto.sync.wait <PIPE_V>, %i
  func.return
}
