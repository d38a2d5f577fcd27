// RUN: pto-opt %s -p lower-pipeline | filecheck %s

// Two slots for two loads: each has a buffer of its own, without a ring.
// CHECK-LABEL: func.func @a_slot_each(
// CHECK-NOT:     tile.ring :
// CHECK-NOT:     slots
// CHECK:         scf.for
// CHECK-COUNT-2:   tile.load %{{.*}}[%{{.*}}] : {{.*}} -> !tile.tile<32x64xi8, mat>
func.func @a_slot_each(%t: !tile.tensor<256x64xi8>, %n: index) {
  tile.pipeline stages(2) %k = %n to %n step %n {
    %b = tile.load %t[%k, %n] {slots = 2 : i64, ring = "w"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    %c = tile.load %t[%n, %k] {slots = 2 : i64, ring = "w"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
  }
  func.return
}
