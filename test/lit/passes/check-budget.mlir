// RUN: pto-opt %s -p check-budget --split-input-file --verify-diagnostics | filecheck %s
// RUN: not pto-opt %s -p check-budget{mat-limit=32768} --split-input-file 2>&1 | filecheck %s --check-prefix=LIMIT

// Buffers that do not live at the same time may share memory: this fits, and is not changed.
// CHECK-LABEL: func.func @one_after_the_other(
// CHECK:         tile.load {{.*}} -> !tile.tile<1024x512xi8, mat>
// LIMIT: error[TW0203]: Mat buffer usage (524288 bytes) exceeds platform limit (32768 bytes)
func.func @one_after_the_other(%t: !tile.tensor<1024x512xi8>, %n: index) {
  %a = tile.load %t[%n, %n] : !tile.tensor<1024x512xi8> -> !tile.tile<1024x512xi8, mat>
  %l = tile.extract %a[%n, %n] : !tile.tile<1024x512xi8, mat> -> !tile.tile<16x32xi8, left>
  %b = tile.load %t[%n, %n] : !tile.tensor<1024x512xi8> -> !tile.tile<1024x512xi8, mat>
  %m = tile.extract %b[%n, %n] : !tile.tile<1024x512xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

// Tiles without a space take no memory yet.
// CHECK-LABEL: func.func @nowhere(
func.func @nowhere(%t: !tile.tensor<2048x512xi8>, %n: index) {
  %a = tile.load %t[%n, %n] : !tile.tensor<2048x512xi8> -> !tile.tile<2048x512xi8>
  func.return
}

// -----

func.func @together(%t: !tile.tensor<1024x512xi8>, %n: index) {
  // expected-error@+3 {{Mat buffer usage (1048576 bytes) exceeds platform limit (524288 bytes) [TW0203]}}
  // expected-note@+2 {{function @together needs 524288 bytes (512 KiB) more than Mat has}}
  // expected-note@+1 {{no change of stages, K chunk or columns alone makes it fit}}
  %a = tile.load %t[%n, %n] : !tile.tensor<1024x512xi8> -> !tile.tile<1024x512xi8, mat>
  %b = tile.load %t[%n, %n] : !tile.tensor<1024x512xi8> -> !tile.tile<1024x512xi8, mat>
  %l = tile.extract %a[%n, %n] : !tile.tile<1024x512xi8, mat> -> !tile.tile<16x32xi8, left>
  %m = tile.extract %b[%n, %n] : !tile.tile<1024x512xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

// A pipeline holds a buffer per slot, of every ring, for as long as it runs.
func.func @pipeline(%t: !tile.tensor<1024x512xi8>, %n: index) {
  tile.pipeline stages(3) %k = %n to %n step %n {
    // expected-error@+2 {{Mat buffer usage (786432 bytes) exceeds platform limit (524288 bytes) [TW0203]}}
    // expected-note@+1 {{%a  3 x 512x512 i8  786432 bytes}}
    %a = tile.load %t[%k, %n] : !tile.tensor<1024x512xi8> -> !tile.tile<512x512xi8, mat>
  }
  func.return
}

// -----

// A ring that is written out counts as well; accumulators of i32 count whole steps of 32 rows.
func.func @ring_and_acc(%a: !tile.tile<16x32xi8, left>, %b: !tile.tile<32x512xi8, right>) {
  // expected-error@+2 {{Left buffer usage (131072 bytes) exceeds platform limit (65536 bytes) [TW0203]}}
  // expected-note@+1 {{%r  2 x 128x512 i8  131072 bytes}}
  %r = tile.ring : !tile.ring<2 x !tile.tile<128x512xi8, left>>
  func.return
}

// -----

func.func @accumulators(%a: !tile.tile<16x32xi8, left>, %b: !tile.tile<32x512xi8, right>) {
  // expected-error@+2 {{Acc buffer usage (196608 bytes) exceeds platform limit (131072 bytes) [TW0203]}}
  // expected-note@+1 {{%x  16x512 i32  65536 bytes}}
  %x, %y, %z = tile.matmul %a, %b, %b, %b
    : !tile.tile<16x32xi8, left>, !tile.tile<32x512xi8, right>, !tile.tile<32x512xi8, right>,
      !tile.tile<32x512xi8, right>
    -> !tile.tile<16x512xi32, acc>, !tile.tile<16x512xi32, acc>, !tile.tile<16x512xi32, acc>
  func.return
}

// -----

// More than three buffers are summed up.
func.func @many(%t: !tile.tensor<512x512xi8>, %n: index) {
  tile.pipeline stages(1) %k = %n to %n step %n {
    // expected-error@+2 {{Mat buffer usage (1310720 bytes) exceeds platform limit (524288 bytes) [TW0203]}}
    // expected-note@+1 {{and 2 more, 524288 bytes}}
    %a = tile.load %t[%k, %n] : !tile.tensor<512x512xi8> -> !tile.tile<512x512xi8, mat>
    %b = tile.load %t[%k, %n] : !tile.tensor<512x512xi8> -> !tile.tile<512x512xi8, mat>
    %c = tile.load %t[%k, %n] : !tile.tensor<512x512xi8> -> !tile.tile<512x512xi8, mat>
    %d = tile.load %t[%k, %n] : !tile.tensor<512x512xi8> -> !tile.tile<512x512xi8, mat>
    %e = tile.load %t[%k, %n] : !tile.tensor<512x512xi8> -> !tile.tile<512x512xi8, mat>
  }
  func.return
}
