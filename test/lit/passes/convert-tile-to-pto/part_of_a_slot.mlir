// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// ptoas sets the valid part of a buffer that the function allocates: what is in a slot is copied into one.
// CHECK-DAG: %[[OWN:.*]] = pto.alloc_tile : !pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=64, v_row=16, v_col=64
// CHECK:     %[[SLOT:.*]] = pto.multi_tile_get
// CHECK:     pto.tload {{.*}} outs(%[[SLOT]] :
// CHECK:     pto.tmov ins(%[[SLOT]] : {{.*}}) outs(%[[OWN]] :
// CHECK:     %[[WHOLE:.*]] = pto.treshape %[[OWN]]
// CHECK:     %[[PART:.*]] = pto.treshape %[[WHOLE]]
// CHECK:     pto.set_validshape %[[PART]], %rows, %columns
// CHECK:     pto.tneg ins(%[[PART]] :
func.func @part(%a: !tile.tensor<64x64xf32>, %rows: index, %columns: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c16 = arith.constant 16 : index
  %ring = tile.ring : !tile.ring<2 x !tile.tile<16x64xf32, vec>>
  scf.for %i = %c0 to %c4 step %c1 {
    %slot = arith.remui %i, %c2 : index
    %row = arith.muli %i, %c16 : index
    %x = tile.load %a[%row, %c0] into %ring[%slot] of !tile.ring<2 x !tile.tile<16x64xf32, vec>>
      : !tile.tensor<64x64xf32> -> !tile.tile<16x64xf32, vec>
    %p = tile.set_valid %x[%rows, %columns] : !tile.tile<16x64xf32, vec> -> !tile.tile<16x64xf32, vec, valid = ?x?>
    %r = tile.neg %p : !tile.tile<16x64xf32, vec, valid = ?x?> -> !tile.tile<16x64xf32, vec, valid = ?x?>
    tile.store %r, %a[%row, %c0] : !tile.tile<16x64xf32, vec, valid = ?x?>, !tile.tensor<64x64xf32>
  }
  func.return
}
