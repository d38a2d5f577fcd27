// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s

// What MLIR reads and xDSL alone does not.
// CHECK-LABEL: func.func @upstream(
// CHECK:         memref.reinterpret_cast %m to offset: [%n], sizes: [%n], strides: [1] : memref<32xf32, #pto.address_space<gm>> to memref<16xf32,
// CHECK:         memref.cast %m : memref<32xf32, #pto.address_space<gm>> to memref<?xf32, #pto.address_space<gm>>
// CHECK:         arith.remf %x, %x : f32
// CHECK:         arith.index_castui %n : index to i32
func.func @upstream(%m: memref<32xf32, #pto.address_space<gm>>, %n: index, %x: f32) {
  %r = memref.reinterpret_cast %m to offset: [%n], sizes: [%n], strides: [1]
    : memref<32xf32, #pto.address_space<gm>> to memref<16xf32, strided<[1], offset: ?>, #pto.address_space<gm>>
  %c = memref.cast %m : memref<32xf32, #pto.address_space<gm>> to memref<?xf32, #pto.address_space<gm>>
  %f = arith.remf %x, %x : f32
  %i = arith.index_castui %n : index to i32
  func.return
}
