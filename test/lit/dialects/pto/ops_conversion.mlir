// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tcvt(
// CHECK:         pto.tcvt ins(%src {rmode = #pto<round_mode RINT>} : !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcvt ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcvt"(%src, %dst)
// GENERIC:       "pto.tcvt"(%src, %dst)
func.func @tcvt(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  pto.tcvt ins(%src {rmode = #pto<round_mode RINT>} : !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  pto.tcvt ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// CHECK-LABEL: func.func @tcvt_tmp(
// CHECK:         pto.tcvt ins(%src, %tmp {rmode = #pto<round_mode TRUNC>, sat_mode = #pto<saturation_mode OFF>} : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcvt"(%src, %dst, %tmp)
func.func @tcvt_tmp(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  pto.tcvt ins(%src, %tmp {rmode = #pto<round_mode TRUNC>, sat_mode = #pto<saturation_mode OFF>} : !pto.tile_buf<vec,
      16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// CHECK-LABEL: func.func @ttrans(
// CHECK:         pto.ttrans ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.ttrans"(%src, %tmp, %dst)
func.func @ttrans(
    %src: !pto.tile_buf<vec, 16x32xf16>, %tmp: !pto.tile_buf<vec, 16x32xf16>, %dst: !pto.tile_buf<vec, 32x16xf16>) {
  pto.ttrans ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec, 16x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 32x16xf16>)
  func.return
}

// CHECK-LABEL: func.func @tconcat(
// CHECK:         pto.tconcat ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tconcat"(%src0, %src1, %dst)
func.func @tconcat(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x64xf32>) {
  pto.tconcat ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

// CHECK-LABEL: func.func @tsetval(
// CHECK:         pto.tsetval ins(%offset, %val : index, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tsetval"(%dst, %offset, %val)
func.func @tsetval(%offset: index, %val: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tsetval ins(%offset, %val : index, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tgetval(
// CHECK:         %dst = pto.tgetval ins(%src, %offset : !pto.tile_buf<{{[^>]*}}>, index) outs : f32
// GENERIC:       %dst = "pto.tgetval"(%src, %offset)
func.func @tgetval(%src: !pto.tile_buf<vec, 16x32xf32>, %offset: index) {
  %dst = pto.tgetval ins(%src, %offset : !pto.tile_buf<vec, 16x32xf32>, index) outs : f32
  func.return
}
