// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// Functions without tiles, and declarations, stay. Branches keep what is in them.
// CHECK-LABEL: func.func @scalar(
// CHECK-SAME:      index) -> index {
// CHECK:       func.func private @declared(!tile.tensor<16x64xi8>)
// CHECK-LABEL: func.func private @branch(
// CHECK-SAME:      attributes {note, pto.kernel_kind
// CHECK:         scf.if
// CHECK:           pto.tload
func.func @scalar(%n: index) -> index {
  func.return %n : index
}
func.func private @declared(!tile.tensor<16x64xi8>)
func.func private @branch(%act: !tile.tensor<16x64xi8>, %i: i1, %n: index) attributes {note} {
  scf.if %i {
    %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8, mat>
  }
  func.return
}
