// RUN: pto-opt %s --verify-diagnostics

func.func @trandom(
    %key0: i32, %key1: i32, %counter0: i32, %counter1: i32, %counter2: i32, %counter3: i32,
    %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.trandom exists only on A5; this program is for a2a3 [TW0123]}}
  pto.trandom ins(%key0, %key1, %counter0, %counter1, %counter2, %counter3 {rounds = 7 : i32} : i32, i32, i32, i32,
      i32, i32)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
