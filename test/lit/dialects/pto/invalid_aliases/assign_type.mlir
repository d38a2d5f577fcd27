// RUN: pto-opt %s --verify-diagnostics

func.func @assign_type(%t: !pto.tile_buf<vec, 16x32xf32>, %a: i64) {
  // expected-error@+1 {{another address keeps the type, got}}
  %u = pto.tassign %t, %a : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 8x64xf32>
  func.return
}
