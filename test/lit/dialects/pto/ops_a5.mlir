// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// Instructions of A5 are read and printed. On memrefs nothing is checked; on tiles they are refused (invalid_a5).

// CHECK-LABEL: func.func @tpack(
// CHECK:         pto.tpack ins(%src : memref<16x32xf32>) outs(%dst : memref<16x32xf16>)
// GENERIC:       "pto.tpack"(%src, %dst)
func.func @tpack(%src: memref<16x32xf32>, %dst: memref<16x32xf16>) {
  pto.tpack ins(%src : memref<16x32xf32>) outs(%dst : memref<16x32xf16>)
  func.return
}

// CHECK-LABEL: func.func @thistogram(
// CHECK:         pto.thistogram ins(%src, %idx : memref<16x32xui16>, memref<16x32xui8>)
// CHECK-SAME:      outs(%dst : memref<16x32xui32>) {isMSB = false}
// GENERIC:       "pto.thistogram"(%src, %idx, %dst)
func.func @thistogram(%src: memref<16x32xui16>, %idx: memref<16x32xui8>, %dst: memref<16x32xui32>) {
  pto.thistogram ins(%src, %idx : memref<16x32xui16>, memref<16x32xui8>) outs(%dst : memref<16x32xui32>) {isMSB = false}
  func.return
}

// CHECK-LABEL: func.func @trandom(
// CHECK:         pto.trandom ins(%key0, %key1, %counter0, %counter1, %counter2, %counter3 {rounds = 7 : i32} : i32, i32, i32, i32, i32, i32)
// CHECK-SAME:      outs(%dst : memref<16x32xi32>)
// GENERIC:       "pto.trandom"(%key0, %key1, %counter0, %counter1, %counter2, %counter3, %dst)
func.func @trandom(
    %key0: i32, %key1: i32, %counter0: i32, %counter1: i32, %counter2: i32, %counter3: i32,
    %dst: memref<16x32xi32>) {
  pto.trandom ins(%key0, %key1, %counter0, %counter1, %counter2, %counter3 {rounds = 7 : i32} : i32, i32, i32, i32,
      i32, i32)
      outs(%dst : memref<16x32xi32>)
  func.return
}

// CHECK-LABEL: func.func @tget_scale_addr(
// CHECK:         pto.tget_scale_addr ins(%src : memref<16x32xi8>) outs(%dst : memref<16x32xi8>)
// GENERIC:       "pto.tget_scale_addr"(%src, %dst)
func.func @tget_scale_addr(%src: memref<16x32xi8>, %dst: memref<16x32xi8>) {
  pto.tget_scale_addr ins(%src : memref<16x32xi8>) outs(%dst : memref<16x32xi8>)
  func.return
}

// CHECK-LABEL: func.func @mgather(
// CHECK:         pto.mgather ins(%mem, %idx : memref<16x32xf32>, memref<16x32xi32>)
// CHECK-SAME:      outs(%dst : memref<16x32xf32>) {gatherOob = #pto<gather_oob clamp>}
// GENERIC:       "pto.mgather"(%mem, %idx, %dst)
func.func @mgather(%mem: memref<16x32xf32>, %idx: memref<16x32xi32>, %dst: memref<16x32xf32>) {
  pto.mgather ins(%mem, %idx : memref<16x32xf32>, memref<16x32xi32>)
      outs(%dst : memref<16x32xf32>) {gatherOob = #pto<gather_oob clamp>}
  func.return
}

// CHECK-LABEL: func.func @mscatter(
// CHECK:         pto.mscatter ins(%src, %idx : memref<16x32xf32>, memref<16x32xi32>)
// CHECK-SAME:      outs(%mem : memref<16x32xf32>) {scatterAtomicOp = #pto<scatter_atomic_op add>, scatterOob = #pto<scatter_oob skip>}
// GENERIC:       "pto.mscatter"(%src, %idx, %mem)
func.func @mscatter(%src: memref<16x32xf32>, %idx: memref<16x32xi32>, %mem: memref<16x32xf32>) {
  pto.mscatter ins(%src, %idx : memref<16x32xf32>, memref<16x32xi32>)
      outs(%mem : memref<16x32xf32>) {scatterAtomicOp = #pto<scatter_atomic_op add>, scatterOob = #pto<scatter_oob skip>}
  func.return
}
