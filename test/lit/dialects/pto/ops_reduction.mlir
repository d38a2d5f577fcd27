// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @trowsum(
// CHECK:         pto.trowsum ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowmax ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowmin ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowprod ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trowsum"(%src, %tmp, %dst)
// GENERIC:       "pto.trowmax"(%src, %tmp, %dst)
// GENERIC:       "pto.trowmin"(%src, %tmp, %dst)
// GENERIC:       "pto.trowprod"(%src, %tmp, %dst)
func.func @trowsum(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) {
  pto.trowsum ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  pto.trowmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  pto.trowmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  pto.trowprod ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  func.return
}

// CHECK-LABEL: func.func @trowargmax(
// CHECK:         pto.trowargmax ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.trowargmin ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.trowargmax"(%src, %tmp, %dst)
// GENERIC:       "pto.trowargmin"(%src, %tmp, %dst)
func.func @trowargmax(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x1xi32, blayout=col_major>) {
  pto.trowargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xi32, blayout=col_major>)
  pto.trowargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xi32, blayout=col_major>)
  func.return
}

// CHECK-LABEL: func.func @tcolmax(
// CHECK:         pto.tcolmax ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolmin ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolprod ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolsum ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcolmax"(%src, %dst)
// GENERIC:       "pto.tcolmin"(%src, %dst)
// GENERIC:       "pto.tcolprod"(%src, %dst)
// GENERIC:       "pto.tcolsum"(%src, %dst)
func.func @tcolmax(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x32xf32>) {
  pto.tcolmax ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  pto.tcolmin ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  pto.tcolprod ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  pto.tcolsum ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tcolsum_tmp(
// CHECK:         pto.tcolsum ins(%src, %tmp {isBinary = true} : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcolsum"(%src, %tmp, %dst)
func.func @tcolsum_tmp(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x32xf32>) {
  pto.tcolsum ins(%src, %tmp {isBinary = true} : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tcolargmax(
// CHECK:         pto.tcolargmax ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tcolargmax"(%src, %tmp, %dst)
// GENERIC:       "pto.tcolargmin"(%src, %tmp, %dst)
func.func @tcolargmax(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x32xi32>) {
  pto.tcolargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  func.return
}
