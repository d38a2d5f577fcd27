// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tadd(
// CHECK:         pto.tadd ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tsub ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmul ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmax ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmin ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tdiv ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tfmod ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tadd"(%src0, %src1, %dst)
// GENERIC:       "pto.tsub"(%src0, %src1, %dst)
// GENERIC:       "pto.tmul"(%src0, %src1, %dst)
// GENERIC:       "pto.tmax"(%src0, %src1, %dst)
// GENERIC:       "pto.tmin"(%src0, %src1, %dst)
// GENERIC:       "pto.tdiv"(%src0, %src1, %dst)
// GENERIC:       "pto.tfmod"(%src0, %src1, %dst)
func.func @tadd(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tsub ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tmul ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tmin ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tdiv ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tfmod ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tprelu(
// CHECK:         pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tprelu"(%src0, %src1, %tmp, %dst)
func.func @tprelu(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xui8>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      16x32xui8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @trem(
// CHECK:         pto.trem ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trem"(%src0, %src1, %tmp, %dst)
func.func @trem(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 1x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trem ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @taddc(
// CHECK:         pto.taddc ins(%src0, %src1, %src2 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.taddc"(%src0, %src1, %src2, %dst)
func.func @taddc(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %src2: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.taddc ins(%src0, %src1, %src2 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tsubc(
// CHECK:         pto.tsubc ins(%src0, %src1, %src2 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tsubc"(%src0, %src1, %src2, %dst)
func.func @tsubc(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf16>, %src2: !pto.tile_buf<vec, 8x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tsubc ins(%src0, %src1, %src2 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec,
      8x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tpartadd(
// CHECK:         pto.tpartadd ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tpartmul ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tpartmax ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tpartmin ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tpartadd"(%src0, %src1, %dst)
// GENERIC:       "pto.tpartmul"(%src0, %src1, %dst)
// GENERIC:       "pto.tpartmax"(%src0, %src1, %dst)
// GENERIC:       "pto.tpartmin"(%src0, %src1, %dst)
func.func @tpartadd(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32, valid=8x32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tpartadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tpartmul ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tpartmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tpartmin ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
