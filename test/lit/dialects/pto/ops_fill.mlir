// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tci(
// CHECK:         pto.tci ins(%start {descending = true} : i32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tci"(%start, %dst)
func.func @tci(%start: i32, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  pto.tci ins(%start {descending = true} : i32) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// CHECK-LABEL: func.func @tci_default(
// CHECK:         pto.tci ins(%start : i16) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tci"(%start, %dst)
func.func @tci_default(%start: i16, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  pto.tci ins(%start : i16) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// CHECK-LABEL: func.func @ttri(
// CHECK:         pto.ttri ins(%diagonal {upperOrLower = 1 : i32} : i32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.ttri ins(%diagonal : i32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.ttri"(%diagonal, %dst)
// GENERIC:       "pto.ttri"(%diagonal, %dst)
func.func @ttri(%diagonal: i32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  pto.ttri ins(%diagonal {upperOrLower = 1 : i32} : i32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  pto.ttri ins(%diagonal : i32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tfillpad(
// CHECK:         pto.tfillpad ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tfillpad_inplace ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tfillpad_expand ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tfillpad"(%src, %dst)
// GENERIC:       "pto.tfillpad_inplace"(%src, %dst)
// GENERIC:       "pto.tfillpad_expand"(%src, %dst)
func.func @tfillpad(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32, pad=1>) {
  pto.tfillpad ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32, pad=1>)
  pto.tfillpad_inplace ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32, pad=1>)
  pto.tfillpad_expand ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32, pad=1>)
  func.return
}

// CHECK-LABEL: func.func @tprint(
// CHECK:         pto.tprint ins(%src : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tprint"(%src)
func.func @tprint(%src: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tprint ins(%src : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// CHECK-LABEL: func.func @tprint_window(
// CHECK:         pto.tprint ins(%src : !pto.partition_tensor_view<16x32xf32>)
// GENERIC:       "pto.tprint"(%src)
func.func @tprint_window(%src: !pto.partition_tensor_view<16x32xf32>) {
  pto.tprint ins(%src : !pto.partition_tensor_view<16x32xf32>)
  func.return
}
