// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tcmp(
// CHECK:         pto.tcmp ins(%src0, %src1 {cmpMode = #pto<cmp gt>} : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcmp ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcmp"(%src0, %src1, %dst)
// GENERIC:       "pto.tcmp"(%src0, %src1, %dst)
func.func @tcmp(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  pto.tcmp ins(%src0, %src1 {cmpMode = #pto<cmp gt>} : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  pto.tcmp ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

// CHECK-LABEL: func.func @tcmps(
// CHECK:         pto.tcmps ins(%src, %scalar {cmpMode = #pto<cmp le>} : !pto.tile_buf<{{[^>]*}}>, f32)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcmps"(%src, %scalar, %dst)
func.func @tcmps(%src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  pto.tcmps ins(%src, %scalar {cmpMode = #pto<cmp le>} : !pto.tile_buf<vec, 16x32xf32>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

// CHECK-LABEL: func.func @tcmps_default(
// CHECK:         pto.tcmps ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, i16) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcmps"(%src, %scalar, %dst)
func.func @tcmps_default(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  pto.tcmps ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

// CHECK-LABEL: func.func @tsel(
// CHECK:         pto.tsel ins(%mask, %src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tsel"(%mask, %src0, %src1, %tmp, %dst)
func.func @tsel(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %tmp: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tsel ins(%mask, %src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xf32>,
      !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tsels(
// CHECK:         pto.tsels ins(%mask, %src, %tmp, %scalar : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, f32)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tsels"(%mask, %src, %tmp, %scalar, %dst)
func.func @tsels(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xi8>,
    %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tsels ins(%mask, %src, %tmp, %scalar : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xf32>,
      !pto.tile_buf<vec, 16x32xi8>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
