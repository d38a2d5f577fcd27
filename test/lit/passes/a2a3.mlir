// RUN: pto-opt %s -p a2a3 | filecheck %s
// RUN: pto-opt %s -p 'a2a3{mat-limit=65536 profile=isa}' | filecheck %s
// RUN: pto-opt %s -p a2a3{level=3} -t pto | filecheck %s
// RUN: pto-opt %s -p a2a3{level=2} | filecheck %s --check-prefix=LEVEL2
// RUN: pto-opt %s -p a2a3{level=2} -t pto | filecheck %s --check-prefix=LEVEL2
// RUN: pto-opt %s -p a2a3 -t cce | filecheck %s --check-prefix=CCE
// RUN: not pto-opt %s -p a2a3{level=1} 2>&1 | filecheck %s --check-prefix=LEVEL
// RUN: not pto-opt %s -p a2a3{mat-limit=1024} 2>&1 | filecheck %s --check-prefix=TINY

// Level 3: addresses and flags, one loop, each activation chunk loaded once for both weights, two stores from Acc.
// CHECK-LABEL: func.func @gate_up(
// CHECK-NOT:     multi_tile
// CHECK:         pto.alloc_tile addr = %{{.*}} : !pto.tile_buf<loc=acc, dtype=i32, rows=16, cols=256
// CHECK:         pto.alloc_tile addr = %{{.*}} : !pto.tile_buf<loc=acc, dtype=i32, rows=16, cols=256
// CHECK:         pto.set_flag
// CHECK:         scf.for
// CHECK-COUNT-3:   pto.tload
// CHECK-NOT:       pto.tload
// CHECK:           pto.tmatmul ins
// CHECK:           pto.tmatmul.acc
// CHECK:           pto.tmatmul ins
// CHECK:           pto.tmatmul.acc
// CHECK-NOT:       pto.tmatmul
// CHECK:         pto.wait_flag[<PIPE_M>, <PIPE_FIX>
// CHECK-COUNT-2: pto.tstore
// CHECK-NOT:     pto.tstore

// Level 2: neither; each slot is a tile of its own, accumulators have the rows that hardware charges.
// LEVEL2-LABEL: func.func @gate_up(
// LEVEL2-NOT:     addr =
// LEVEL2-NOT:     flag
// LEVEL2-NOT:     multi_tile
// LEVEL2:         pto.alloc_tile : !pto.tile_buf<loc=acc, dtype=i32, rows=32, cols=256, v_row=16, v_col=256
// LEVEL2:         pto.tload
// LEVEL2-COUNT-2: pto.tstore
// LEVEL2-NOT:     pto.tstore

// CCE: gate_up(
// CCE: TASSIGN
// CCE: set_flag(PIPE_MTE2, PIPE_MTE1,
// CCE: TLOAD(
// CCE: TMATMUL_ACC(
// CCE: TSTORE(

// LEVEL: level is 2 or 3, got 1 [TW0003]
// TINY: error[TW0202]: no staging of this matmul fits
func.func @gate_up(%act: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x256xi8>, %v: !tile.tensor<512x256xi8>,
                   %o: !tile.tensor<16x256xi32>, %p: !tile.tensor<16x256xi32>) {
  %c0 = arith.constant 0 : index
  %c512 = arith.constant 512 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x256xi32>
  %g, %u = scf.for %k = %c0 to %c512 step %c512
      iter_args(%x = %zero, %y = %zero) -> (!tile.tile<16x256xi32>, !tile.tile<16x256xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x512xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x256xi8> -> !tile.tile<512x256xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x512xi8>, !tile.tile<512x256xi8> -> !tile.tile<16x256xi32>
    %c = tile.load %v[%k, %c0] : !tile.tensor<512x256xi8> -> !tile.tile<512x256xi8>
    %y1 = tile.matmul acc(%y) %a, %c : !tile.tile<16x512xi8>, !tile.tile<512x256xi8> -> !tile.tile<16x256xi32>
    scf.yield %x1, %y1 : !tile.tile<16x256xi32>, !tile.tile<16x256xi32>
  }
  tile.store %g, %o[%c0, %c0] : !tile.tile<16x256xi32>, !tile.tensor<16x256xi32>
  tile.store %u, %p[%c0, %c0] : !tile.tile<16x256xi32>, !tile.tensor<16x256xi32>
  func.return
}
