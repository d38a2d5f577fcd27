// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @trowexpand(
// CHECK:         pto.trowexpand ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trowexpand"(%src, %dst)
func.func @trowexpand(%src: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trowexpand ins(%src : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @trowexpandsub(
// CHECK:         pto.trowexpandsub ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandmul ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpanddiv ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandmax ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandmin ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandexpdif ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trowexpandsub"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpandmul"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpanddiv"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpandadd"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpandmax"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpandmin"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpandexpdif"(%src0, %src1, %dst)
func.func @trowexpandsub(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trowexpandsub ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandmul ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpanddiv ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandmin ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandexpdif ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @trowexpandsub_tmp(
// CHECK:         pto.trowexpandsub ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandmul ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpanddiv ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandmax ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandmin ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandexpdif ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trowexpandsub"(%src0, %src1, %tmp, %dst)
// GENERIC:       "pto.trowexpandmul"(%src0, %src1, %tmp, %dst)
// GENERIC:       "pto.trowexpanddiv"(%src0, %src1, %tmp, %dst)
// GENERIC:       "pto.trowexpandmax"(%src0, %src1, %tmp, %dst)
// GENERIC:       "pto.trowexpandmin"(%src0, %src1, %tmp, %dst)
// GENERIC:       "pto.trowexpandexpdif"(%src0, %src1, %tmp, %dst)
func.func @trowexpandsub_tmp(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trowexpandsub ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandmul ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpanddiv ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandmax ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandmin ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandexpdif ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @trowexpandadd_block(
// CHECK:         pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trowexpandadd"(%src0, %src1, %dst)
func.func @trowexpandadd_block(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x8xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x8xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @trowexpandmax_swapped(
// CHECK:         pto.trowexpandmax ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandmin ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowexpandexpdif ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trowexpandmax"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpandmin"(%src0, %src1, %dst)
// GENERIC:       "pto.trowexpandexpdif"(%src0, %src1, %dst)
func.func @trowexpandmax_swapped(
    %src0: !pto.tile_buf<vec, 16x8xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.trowexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x8xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandmin ins(%src0, %src1 : !pto.tile_buf<vec, 16x8xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.trowexpandexpdif ins(%src0, %src1 : !pto.tile_buf<vec, 16x8xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tcolexpand(
// CHECK:         pto.tcolexpand ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcolexpand"(%src, %dst)
func.func @tcolexpand(%src: !pto.tile_buf<vec, 1x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tcolexpand ins(%src : !pto.tile_buf<vec, 1x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tcolexpandadd(
// CHECK:         pto.tcolexpandadd ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolexpandsub ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolexpandmul ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolexpandmax ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolexpandmin ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolexpanddiv ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolexpandexpdif ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcolexpandadd"(%src0, %src1, %dst)
// GENERIC:       "pto.tcolexpandsub"(%src0, %src1, %dst)
// GENERIC:       "pto.tcolexpandmul"(%src0, %src1, %dst)
// GENERIC:       "pto.tcolexpandmax"(%src0, %src1, %dst)
// GENERIC:       "pto.tcolexpandmin"(%src0, %src1, %dst)
// GENERIC:       "pto.tcolexpanddiv"(%src0, %src1, %dst)
// GENERIC:       "pto.tcolexpandexpdif"(%src0, %src1, %dst)
func.func @tcolexpandadd(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 1x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tcolexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tcolexpandsub ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tcolexpandmul ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tcolexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tcolexpandmin ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tcolexpanddiv ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.tcolexpandexpdif ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
