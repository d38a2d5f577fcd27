// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tgather(
// CHECK:         pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tgather"(%src, %dst, %indices, %tmp)
func.func @tgather(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indices: !pto.tile_buf<vec, 16x32xi32>,
    %tmp: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>,
      !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tgather_compare(
// CHECK:         pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<{{[^>]*}}>, f16, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst, %cdst : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
// GENERIC:       "pto.tgather"(%src, %dst, %cdst, %tmp, %k)
func.func @tgather_compare(
    %src: !pto.tile_buf<vec, 16x32xf16>, %k: f16, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>, %cdst: !pto.tile_buf<vec, 16x32xi32>) {
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xf16>, f16, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
  func.return
}

// CHECK-LABEL: func.func @tgather_mask(
// CHECK:         pto.tgather ins(%src, {maskPattern = #pto.mask_pattern<P0101>} : !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tgather"(%src, %dst)
func.func @tgather_mask(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tgather ins(%src, {maskPattern = #pto.mask_pattern<P0101>} : !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tgatherb(
// CHECK:         pto.tgatherb ins(%src, %offsets : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tgatherb"(%src, %offsets, %dst)
func.func @tgatherb(
    %src: !pto.tile_buf<vec, 16x32xf32>, %offsets: !pto.tile_buf<vec, 16x4xui32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tgatherb ins(%src, %offsets : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x4xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tscatter(
// CHECK:         pto.tscatter ins(%src, %indexes : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tscatter"(%src, %indexes, %dst)
func.func @tscatter(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indexes: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tscatter ins(%src, %indexes : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
