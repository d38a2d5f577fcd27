// RUN: pto-opt %s -p plan-matmul --split-input-file | filecheck %s

// A loop over K that does nothing else is planned freely. The plan says what it costs, what it is bound by, and what
// came second.
// CHECK-LABEL: func.func @seed(
// CHECK:         tile.matmul acc(%{{.*}}) %{{.*}}, %{{.*}}, %{{.*}} {plan = {k_chunk = {{[0-9]+}} : i64, a_resident = {{true|false}},
// CHECK-SAME:      a_slots = {{[0-9]+}} : i64, b_slots = 4 : i64, l0_k = {{[0-9]+}} : i64, left_slots = 2 : i64,
// CHECK-SAME:      right_slots = 4 : i64, profile = "device", modelled_cycles = {{[0-9]+}} : i64, bound = "MTE2",
// CHECK-SAME:      bound_cycles = {{[0-9]+}} : i64, binding = "{{.*}}", tried = {{[0-9]+}} : i64,
// CHECK-SAME:      runner_up = {k_chunk = {{.*}}, modelled_cycles = {{[0-9]+}} : i64}}}
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

// -----

// Stages of a pipeline fix the depth of the rings, not the chunk.
// CHECK-LABEL: func.func @stages(
// CHECK:         tile.matmul {{.*}} a_resident = false, a_slots = 3 : i64, b_slots = 3 : i64
func.func @stages(%act: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x64xi8>) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %c512 = arith.constant 512 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = tile.pipeline stages(3) %k = %c0 to %c512 step %c128 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    tile.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}

// -----

// Loads in mat fix chunk and slots; only Left, Right and the step of the cube unit are planned.
// CHECK-LABEL: func.func @pinned(
// CHECK:         tile.matmul {{.*}}plan = {k_chunk = 512 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64
// CHECK-SAME:      l0_k = {{32|64|128}} : i64
func.func @pinned(%act: !tile.tensor<16x1024xi8>, %w: !tile.tensor<1024x256xi8>) {
  %c0 = arith.constant 0 : index
  %c512 = arith.constant 512 : index
  %c1024 = arith.constant 1024 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x256xi32>
  %r = tile.pipeline stages(2) %k = %c0 to %c1024 step %c512 iter_args(%x = %zero) -> (!tile.tile<16x256xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x1024xi8> -> !tile.tile<16x512xi8, mat>
    %b = tile.load %w[%k, %c0] : !tile.tensor<1024x256xi8> -> !tile.tile<512x256xi8, mat>
    %x1 = tile.matmul acc(%x) %a, %b
      : !tile.tile<16x512xi8, mat>, !tile.tile<512x256xi8, mat> -> !tile.tile<16x256xi32>
    tile.yield %x1 : !tile.tile<16x256xi32>
  }
  func.return
}

// -----

// Without a loop the loads are cut along K.
// CHECK-LABEL: func.func @straight(
// CHECK:         tile.matmul %{{.*}}, %{{.*}} {plan = {k_chunk = {{32|64|128|256}} : i64
func.func @straight(%act: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x256xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x512xi8> -> !tile.tile<16x512xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<512x256xi8> -> !tile.tile<512x256xi8>
  %x = tile.matmul %a, %b : !tile.tile<16x512xi8>, !tile.tile<512x256xi8> -> !tile.tile<16x256xi32>
  func.return
}

// -----

// A loop with an unknown end stays, and its tiles with it; likewise one whose step is not the K of its tiles, and one
// that holds another matmul.
// CHECK-LABEL: func.func @kept(
// CHECK-COUNT-4: plan = {k_chunk = 128 : i64, a_resident = false
func.func @kept(%act: !tile.tensor<16x512xi8>, %act1: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x64xi8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %c256 = arith.constant 256 : index
  %c512 = arith.constant 512 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %n step %c128 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  %s = scf.for %k = %c0 to %c512 step %c256 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  %t, %u = scf.for %k = %c0 to %c512 step %c128
      iter_args(%x = %zero, %y = %zero) -> (!tile.tile<16x64xi32>, !tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    %c = tile.load %act1[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %y1 = tile.matmul acc(%y) %c, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1, %y1 : !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
  }
  func.return
}

// -----

// A matmul whose operands sit in Left and Right needs no plan.
// CHECK-LABEL: func.func @placed(
// CHECK:         tile.matmul %{{.*}}, %{{.*}} : !tile.tile<16x32xi8, left>
func.func @placed(%a: !tile.tile<16x32xi8, left>, %b: !tile.tile<32x32xi8, right>) {
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8, left>, !tile.tile<32x32xi8, right> -> !tile.tile<16x32xi32, acc>
  func.return
}
