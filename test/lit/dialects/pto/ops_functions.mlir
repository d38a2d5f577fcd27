// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tabs(
// CHECK:         pto.tabs ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.texp ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tlog ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tsqrt ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trecip ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trelu ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trsqrt ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tabs"(%src, %dst)
// GENERIC:       "pto.texp"(%src, %dst)
// GENERIC:       "pto.tlog"(%src, %dst)
// GENERIC:       "pto.tsqrt"(%src, %dst)
// GENERIC:       "pto.trecip"(%src, %dst)
// GENERIC:       "pto.trelu"(%src, %dst)
// GENERIC:       "pto.trsqrt"(%src, %dst)
func.func @tabs(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tabs ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.texp ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tlog ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tsqrt ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trecip ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trelu ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trsqrt ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @trsqrt_tmp(
// CHECK:         pto.trsqrt ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trsqrt"(%src, %dst, %tmp)
func.func @trsqrt_tmp(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trsqrt ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tneg(
// CHECK:         pto.tneg ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tneg"(%src, %dst)
func.func @tneg(%src: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  pto.tneg ins(%src : !pto.tile_buf<vec, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// CHECK-LABEL: func.func @tlrelu(
// CHECK:         pto.tlrelu ins(%src, %slope : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tlrelu"(%src, %slope, %dst)
func.func @tlrelu(%src: !pto.tile_buf<vec, 16x32xf32>, %slope: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tlrelu ins(%src, %slope : !pto.tile_buf<vec, 16x32xf32>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
