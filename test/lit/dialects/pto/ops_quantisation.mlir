// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tquant(
// CHECK:         pto.tquant ins(%src, %fp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>) {quant_type = #pto<quant_type INT8_SYM>}
// GENERIC:       "pto.tquant"(%src, %fp, %dst)
func.func @tquant(
    %src: !pto.tile_buf<vec, 16x32xf32>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xi8>) {
  pto.tquant ins(%src, %fp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>) {quant_type = #pto<quant_type INT8_SYM>}
  func.return
}

// CHECK-LABEL: func.func @tquant_asymmetric(
// CHECK:         pto.tquant ins(%src, %fp, %offset : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>) {quant_type = #pto<quant_type INT8_ASYM>}
// GENERIC:       "pto.tquant"(%src, %fp, %offset, %dst)
func.func @tquant_asymmetric(
    %src: !pto.tile_buf<vec, 16x32xf32>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xui8>) {
  pto.tquant ins(%src, %fp, %offset : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
      !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xui8>) {quant_type = #pto<quant_type INT8_ASYM>}
  func.return
}

// CHECK-LABEL: func.func @tdequant(
// CHECK:         pto.tdequant ins(%src, %scale, %offset : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tdequant"(%src, %scale, %offset, %dst)
func.func @tdequant(
    %src: !pto.tile_buf<vec, 16x32xi8>, %scale: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tdequant ins(%src, %scale, %offset : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
