// RUN: pto-opt %s -p plan-memory | filecheck %s

// A memref on the chip gets its address as well.
// CHECK-LABEL: func.func @memref(
// CHECK:         %[[A:.*]] = arith.constant 0 : i64
// CHECK-NEXT:    pto.pointer_cast(%[[A]]) : memref<16x16xf32, #pto.address_space<vec>>
// CHECK-NEXT:    %[[B:.*]] = arith.constant 1024 : i64
// CHECK-NEXT:    pto.pointer_cast(%[[B]]) : memref<16x16xf32, #pto.address_space<vec>>
func.func @memref() {
  %x = memref.alloc() : memref<16x16xf32, #pto.address_space<vec>>
  %y = memref.alloc() : memref<16x16xf32, #pto.address_space<vec>>
  pto.texp ins(%x : memref<16x16xf32, #pto.address_space<vec>>) outs(%y : memref<16x16xf32, #pto.address_space<vec>>)
  func.return
}
