// RUN: pto-opt %s -p plan-matmul{mat-limit=65536} | filecheck %s --check-prefix=SMALL
// RUN: pto-opt %s -p 'plan-matmul{mat-limit=65536 whole-rings}' | filecheck %s --check-prefix=WHOLE
// RUN: pto-opt %s -p plan-matmul{profile=isa} | filecheck %s --check-prefix=ISA
// RUN: not pto-opt %s -p plan-matmul{mat-limit=512} 2>&1 | filecheck %s --check-prefix=TINY
// RUN: not pto-opt %s -p plan-matmul{profile=none} 2>&1 | filecheck %s --check-prefix=PROFILE
// RUN: pto-opt %s -p plan-matmul --remarks 2>&1 | filecheck %s --check-prefix=REMARK


// Where memory is short the two weights share three slots, unless each needs slots of its own.
// SMALL: tile.matmul {{.*}} b_slots = 3 : i64
// WHOLE: tile.matmul {{.*}} b_slots = {{[2468]}} : i64
// ISA:   tile.matmul {{.*}} profile = "isa"

// TINY:      error[TW0202]: no staging of this matmul fits: {{[0-9]+}} plans were tried, {{.*}} exceed mat
// TINY-NEXT: plan-matmul-options.mlir:30:16
// PROFILE:      error: there is no cost profile 'none' of a2a3 [TW0003]
// PROFILE-NEXT: = help: profiles: isa, device
// REMARK: remark[TW0208]: plan: K chunk {{[0-9]+}}, A {{.*}}, weights {{[0-9]+}} slots, L0 K {{[0-9]+}}, Left {{[0-9]+}} slots,
// REMARK-SAME: Right {{[0-9]+}} slots; modelled {{[0-9]+}} cycles (device profile)
func.func @seed(%act: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x256xi8>, %v: !tile.tensor<512x256xi8>) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %c512 = arith.constant 512 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x256xi32>
  %r, %s = scf.for %k = %c0 to %c512 step %c128
      iter_args(%x = %zero, %y = %zero) -> (!tile.tile<16x256xi32>, !tile.tile<16x256xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x256xi8> -> !tile.tile<128x256xi8>
    %c = tile.load %v[%k, %c0] : !tile.tensor<512x256xi8> -> !tile.tile<128x256xi8>
    %x1, %y1 = tile.matmul acc(%x, %y) %a, %b, %c
      : !tile.tile<16x128xi8>, !tile.tile<128x256xi8>, !tile.tile<128x256xi8>
      -> !tile.tile<16x256xi32>, !tile.tile<16x256xi32>
    scf.yield %x1, %y1 : !tile.tile<16x256xi32>, !tile.tile<16x256xi32>
  }
  func.return
}
