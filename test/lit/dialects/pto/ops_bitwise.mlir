// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tand(
// CHECK:         pto.tand ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tor ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tand"(%src0, %src1, %dst)
// GENERIC:       "pto.tor"(%src0, %src1, %dst)
func.func @tand(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi16>) {
  pto.tand ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  pto.tor ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// CHECK-LABEL: func.func @tshl(
// CHECK:         pto.tshl ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tshr ins(%src0, %src1 : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tshl"(%src0, %src1, %dst)
// GENERIC:       "pto.tshr"(%src0, %src1, %dst)
func.func @tshl(
    %src0: !pto.tile_buf<vec, 16x32xi32>, %src1: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>) {
  pto.tshl ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  pto.tshr ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// CHECK-LABEL: func.func @txor(
// CHECK:         pto.txor ins(%src0, %src1, %tmp : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.txor"(%src0, %src1, %tmp, %dst)
func.func @txor(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi16>, %tmp: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi16>) {
  pto.txor ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec,
      16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// CHECK-LABEL: func.func @tnot(
// CHECK:         pto.tnot ins(%src : !pto.tile_buf<{{[^>]*}}>) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tnot"(%src, %dst)
func.func @tnot(%src: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  pto.tnot ins(%src : !pto.tile_buf<vec, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// CHECK-LABEL: func.func @tands(
// CHECK:         pto.tands ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, i16) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tors ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, i16) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tshrs ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, i16) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tands"(%src, %scalar, %dst)
// GENERIC:       "pto.tors"(%src, %scalar, %dst)
// GENERIC:       "pto.tshrs"(%src, %scalar, %dst)
func.func @tands(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  pto.tands ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  pto.tors ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  pto.tshrs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// CHECK-LABEL: func.func @txors(
// CHECK:         pto.txors ins(%src, %scalar, %tmp : !pto.tile_buf<{{[^>]*}}>, i16, !pto.tile_buf<{{[^>]*}}>)
// CHECK-SAME:      outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.txors"(%src, %scalar, %tmp, %dst)
func.func @txors(
    %src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %tmp: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi16>) {
  pto.txors ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xi16>, i16, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// CHECK-LABEL: func.func @tshls(
// CHECK:         pto.tshls ins(%src, %scalar : !pto.tile_buf<{{[^>]*}}>, i32) outs(%dst : !pto.tile_buf<{{[^>]*}}>)
// GENERIC:       "pto.tshls"(%src, %scalar, %dst)
func.func @tshls(%src: !pto.tile_buf<vec, 16x32xi64>, %scalar: i32, %dst: !pto.tile_buf<vec, 16x32xi64>) {
  pto.tshls ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi64>, i32) outs(%dst : !pto.tile_buf<vec, 16x32xi64>)
  func.return
}
