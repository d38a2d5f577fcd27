// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tadds(
// CHECK:         pto.tadds ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tsubs ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmuls ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmaxs ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmins ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tadds"(%src, %scalar, %dst)
// GENERIC:       "pto.tsubs"(%src, %scalar, %dst)
// GENERIC:       "pto.tmuls"(%src, %scalar, %dst)
// GENERIC:       "pto.tmaxs"(%src, %scalar, %dst)
// GENERIC:       "pto.tmins"(%src, %scalar, %dst)
func.func @tadds(%src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  pto.tadds ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  pto.tsubs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  pto.tmuls ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  pto.tmaxs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  pto.tmins ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

// CHECK-LABEL: func.func @tfmods(
// CHECK:         pto.tfmods ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tdivs ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tfmods"(%src, %scalar, %dst)
// GENERIC:       "pto.tdivs"(%src, %scalar, %dst)
func.func @tfmods(%src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tfmods ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tdivs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tdivs_of_scalar(
// CHECK:         pto.tdivs ins(%scalar, %src : f32, !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tdivs"(%scalar, %src, %dst)
func.func @tdivs_of_scalar(%scalar: f32, %src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tdivs ins(%scalar, %src : f32, !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @taxpy(
// CHECK:         pto.taxpy ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, f16) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.taxpy"(%src, %scalar, %dst)
func.func @taxpy(%src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f16, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.taxpy ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f16) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @texpands(
// CHECK:         pto.texpands ins(%scalar : f32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.texpands"(%scalar, %dst)
func.func @texpands(%scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.texpands ins(%scalar : f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @trems(
// CHECK:         pto.trems ins(%src, %scalar, %tmp : !pto.tile_buf<{{[^>]*}}>, f32, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trems"(%src, %scalar, %tmp, %dst)
func.func @trems(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %tmp: !pto.tile_buf<vec, 1x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trems ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xf32>, f32, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @taddsc(
// CHECK:         pto.taddsc ins(%src0, %scalar, %src1 : !pto.tile_buf<{{[^>]*}}>, f32, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.taddsc"(%src0, %scalar, %src1, %dst)
func.func @taddsc(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.taddsc ins(%src0, %scalar, %src1 : !pto.tile_buf<vec, 16x32xf32>, f32, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tsubsc(
// CHECK:         pto.tsubsc ins(%src0, %scalar, %src1 : !pto.tile_buf<{{[^>]*}}>, f32, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tsubsc"(%src0, %scalar, %src1, %dst)
func.func @tsubsc(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %src1: !pto.tile_buf<vec, 8x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tsubsc ins(%src0, %scalar, %src1 : !pto.tile_buf<vec, 16x32xf32>, f32, !pto.tile_buf<vec, 8x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
