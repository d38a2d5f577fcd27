// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tsort32(
// CHECK:         pto.tsort32 ins(%src, %idx : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tsort32"(%src, %idx, %dst)
func.func @tsort32(
    %src: !pto.tile_buf<vec, 16x32xf32>, %idx: !pto.tile_buf<vec, 16x32xui32>, %dst: !pto.tile_buf<vec, 16x64xf32>) {
  pto.tsort32 ins(%src, %idx : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

// CHECK-LABEL: func.func @tsort32_tmp(
// CHECK:         pto.tsort32 ins(%src, %idx, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tsort32"(%src, %idx, %tmp, %dst)
func.func @tsort32_tmp(
    %src: !pto.tile_buf<vec, 16x32xf32>, %idx: !pto.tile_buf<vec, 16x32xui32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x64xf32>) {
  pto.tsort32 ins(%src, %idx, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xui32>, !pto.tile_buf<vec,
      16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

// CHECK-LABEL: func.func @tmrgsort(
// CHECK:         pto.tmrgsort ins(%src, %length : !pto.tile_buf<{{[^>]*}}>, i32)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tmrgsort"(%src, %length, %dst)
func.func @tmrgsort(%src: !pto.tile_buf<vec, 1x1024xf32>, %length: i32, %dst: !pto.tile_buf<vec, 1x1024xf32>) {
  pto.tmrgsort ins(%src, %length : !pto.tile_buf<vec, 1x1024xf32>, i32) outs(%dst : !pto.tile_buf<vec, 1x1024xf32>)
  func.return
}

// CHECK-LABEL: func.func @tmrgsort_two(
// CHECK:         pto.tmrgsort ins(%a, %b, %tmp {exhausted = false} : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst, %executed : !pto.tile_buf<{{[^>]*}}>, vector<4xi16>)
// GENERIC:       "pto.tmrgsort"(%a, %b, %dst, %tmp, %executed)
func.func @tmrgsort_two(
    %a: !pto.tile_buf<vec, 1x1024xf32>, %b: !pto.tile_buf<vec, 1x1024xf32>, %tmp: !pto.tile_buf<vec, 1x1024xf32>,
    %dst: !pto.tile_buf<vec, 1x1024xf32>, %executed: vector<4xi16>) {
  pto.tmrgsort ins(%a, %b, %tmp {exhausted = false} : !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>,
      !pto.tile_buf<vec, 1x1024xf32>)
      outs(%dst, %executed : !pto.tile_buf<vec, 1x1024xf32>, vector<4xi16>)
  func.return
}

// CHECK-LABEL: func.func @tmrgsort_four(
// CHECK:         pto.tmrgsort ins(%a, %b, %c, %d, %tmp {exhausted = true} : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst, %executed : !pto.tile_buf<{{[^>]*}}>, vector<4xi16>)
// GENERIC:       "pto.tmrgsort"(%a, %b, %c, %d, %dst, %tmp, %executed)
func.func @tmrgsort_four(
    %a: !pto.tile_buf<vec, 1x1024xf32>, %b: !pto.tile_buf<vec, 1x1024xf32>, %c: !pto.tile_buf<vec, 1x1024xf32>,
    %d: !pto.tile_buf<vec, 1x1024xf32>, %tmp: !pto.tile_buf<vec, 1x1024xf32>, %dst: !pto.tile_buf<vec, 1x1024xf32>,
    %executed: vector<4xi16>) {
  pto.tmrgsort ins(%a, %b, %c, %d, %tmp {exhausted = true} : !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec,
      1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>)
      outs(%dst, %executed : !pto.tile_buf<vec, 1x1024xf32>, vector<4xi16>)
  func.return
}
