// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @binary(
// CHECK: tile.add %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.sub %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.mul %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.div %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.rem %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.max %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.min %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// GENERIC: "tile.add"(
// GENERIC: "tile.sub"(
// GENERIC: "tile.mul"(
// GENERIC: "tile.div"(
// GENERIC: "tile.rem"(
// GENERIC: "tile.max"(
// GENERIC: "tile.min"(
func.func @binary(%a: !tile.tile<16x64xf32>) {
  %add = tile.add %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %sub = tile.sub %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %mul = tile.mul %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %div = tile.div %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %rem = tile.rem %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %max = tile.max %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %min = tile.min %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

// CHECK-LABEL: func.func @bits(
// CHECK: tile.and %{{.*}}, %{{.*}} : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
// CHECK: tile.or %{{.*}}, %{{.*}} : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
// CHECK: tile.xor %{{.*}}, %{{.*}} : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
// CHECK: tile.shl %{{.*}}, %{{.*}} : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
// CHECK: tile.shr %{{.*}}, %{{.*}} : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
// GENERIC: "tile.and"(
// GENERIC: "tile.or"(
// GENERIC: "tile.xor"(
// GENERIC: "tile.shl"(
// GENERIC: "tile.shr"(
func.func @bits(%a: !tile.tile<16x64xi32>) {
  %and = tile.and %a, %a : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
  %or = tile.or %a, %a : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
  %xor = tile.xor %a, %a : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
  %shl = tile.shl %a, %a : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
  %shr = tile.shr %a, %a : !tile.tile<16x64xi32>, !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
  func.return
}

// A number for each row, for each column, or for all.
// CHECK-LABEL: func.func @spread(
// CHECK: tile.sub %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, !tile.tile<16x1xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.mul %{{.*}}, %{{.*}} {note} : !tile.tile<1x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.add %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xf32>
// CHECK: tile.div %{{.*}}, %{{.*}} : f32, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// GENERIC: "tile.sub"(
// GENERIC: "tile.mul"(
// GENERIC: "tile.add"(
// GENERIC: "tile.div"(
func.func @spread(%a: !tile.tile<16x64xf32>, %c: !tile.tile<16x1xf32>, %r: !tile.tile<1x64xf32>, %x: f32) {
  %0 = tile.sub %a, %c : !tile.tile<16x64xf32>, !tile.tile<16x1xf32> -> !tile.tile<16x64xf32>
  %1 = tile.mul %r, %a {note} : !tile.tile<1x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %2 = tile.add %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xf32>
  %3 = tile.div %x, %a : f32, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

// Operands may hold more than the valid part of the result.
// CHECK-LABEL: func.func @parts(
// CHECK: tile.add %{{.*}}, %{{.*}} : !tile.tile<16x64xf32, vec, valid = ?x60>, !tile.tile<16x64xf32, vec> -> !tile.tile<16x64xf32, vec, valid = ?x60>
// CHECK: tile.add %{{.*}}, %{{.*}} : !tile.tile<16x64xf32, vec, valid = ?x60>, !tile.tile<16x1xf32, vec, valid = ?x1> -> !tile.tile<16x64xf32, vec, valid = ?x60>
// GENERIC: "tile.add"(
// GENERIC: "tile.add"(
func.func @parts(%a: !tile.tile<16x64xf32, vec, valid = ?x60>, %b: !tile.tile<16x64xf32, vec>, %c: !tile.tile<16x1xf32, vec, valid = ?x1>) {
  %0 = tile.add %a, %b : !tile.tile<16x64xf32, vec, valid = ?x60>, !tile.tile<16x64xf32, vec> -> !tile.tile<16x64xf32, vec, valid = ?x60>
  %1 = tile.add %a, %c : !tile.tile<16x64xf32, vec, valid = ?x60>, !tile.tile<16x1xf32, vec, valid = ?x1> -> !tile.tile<16x64xf32, vec, valid = ?x60>
  func.return
}

// CHECK-LABEL: func.func @unary(
// CHECK: tile.exp %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.log %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.sqrt %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.rsqrt %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.recip %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.neg %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.abs %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// CHECK: tile.relu %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
// GENERIC: "tile.exp"(
// GENERIC: "tile.log"(
// GENERIC: "tile.sqrt"(
// GENERIC: "tile.rsqrt"(
// GENERIC: "tile.recip"(
// GENERIC: "tile.neg"(
// GENERIC: "tile.abs"(
// GENERIC: "tile.relu"(
func.func @unary(%a: !tile.tile<16x64xf32>) {
  %exp = tile.exp %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %log = tile.log %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %sqrt = tile.sqrt %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %rsqrt = tile.rsqrt %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %recip = tile.recip %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %neg = tile.neg %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %abs = tile.abs %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  %relu = tile.relu %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

// CHECK-LABEL: func.func @masks(
// CHECK: tile.compare eq %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
// CHECK: tile.compare ne %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
// CHECK: tile.compare lt %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
// CHECK: tile.compare le %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
// CHECK: tile.compare gt %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
// CHECK: tile.compare ge %{{.*}}, %{{.*}} : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
// CHECK: tile.and %{{.*}}, %{{.*}} : !tile.tile<16x64xi1>, !tile.tile<16x64xi1> -> !tile.tile<16x64xi1>
// CHECK: tile.not %{{.*}} : !tile.tile<16x64xi1> -> !tile.tile<16x64xi1>
// CHECK: tile.select %{{.*}}, %{{.*}}, %{{.*}} : !tile.tile<16x64xi1>, !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xf32>
// GENERIC: "tile.compare"(
// GENERIC: "tile.compare"(
// GENERIC: "tile.compare"(
// GENERIC: "tile.compare"(
// GENERIC: "tile.compare"(
// GENERIC: "tile.compare"(
// GENERIC: "tile.and"(
// GENERIC: "tile.not"(
// GENERIC: "tile.select"(
func.func @masks(%a: !tile.tile<16x64xf32>, %x: f32) {
  %eq = tile.compare eq %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
  %ne = tile.compare ne %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
  %lt = tile.compare lt %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
  %le = tile.compare le %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
  %gt = tile.compare gt %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
  %ge = tile.compare ge %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xi1>
  %both = tile.and %lt, %gt : !tile.tile<16x64xi1>, !tile.tile<16x64xi1> -> !tile.tile<16x64xi1>
  %none = tile.not %both : !tile.tile<16x64xi1> -> !tile.tile<16x64xi1>
  %0 = tile.select %none, %a, %x : !tile.tile<16x64xi1>, !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xf32>
  func.return
}

// CHECK-LABEL: func.func @cast(
// CHECK: tile.cast none %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
// CHECK: tile.cast rint %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
// CHECK: tile.cast round %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
// CHECK: tile.cast floor %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
// CHECK: tile.cast ceil %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
// CHECK: tile.cast trunc %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
// CHECK: tile.cast odd %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
// GENERIC: "tile.cast"(
// GENERIC: "tile.cast"(
// GENERIC: "tile.cast"(
// GENERIC: "tile.cast"(
// GENERIC: "tile.cast"(
// GENERIC: "tile.cast"(
// GENERIC: "tile.cast"(
func.func @cast(%a: !tile.tile<16x64xf32>) {
  %none = tile.cast none %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
  %rint = tile.cast rint %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
  %round = tile.cast round %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
  %floor = tile.cast floor %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
  %ceil = tile.cast ceil %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
  %trunc = tile.cast trunc %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
  %odd = tile.cast odd %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xbf16>
  func.return
}

// CHECK-LABEL: func.func @reductions(
// CHECK: tile.row_sum %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
// CHECK: tile.row_max %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
// CHECK: tile.row_min %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
// CHECK: tile.row_prod %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
// CHECK: tile.row_argmax %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x1xi32>
// CHECK: tile.row_argmin %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<16x1xi32>
// CHECK: tile.col_sum %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
// CHECK: tile.col_max %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
// CHECK: tile.col_min %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
// CHECK: tile.col_prod %{{.*}} : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
// GENERIC: "tile.row_sum"(
// GENERIC: "tile.row_max"(
// GENERIC: "tile.row_min"(
// GENERIC: "tile.row_prod"(
// GENERIC: "tile.row_argmax"(
// GENERIC: "tile.row_argmin"(
// GENERIC: "tile.col_sum"(
// GENERIC: "tile.col_max"(
// GENERIC: "tile.col_min"(
// GENERIC: "tile.col_prod"(
func.func @reductions(%a: !tile.tile<16x64xf32>) {
  %rsum = tile.row_sum %a : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
  %rmax = tile.row_max %a : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
  %rmin = tile.row_min %a : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
  %rprod = tile.row_prod %a : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
  %rargmax = tile.row_argmax %a : !tile.tile<16x64xf32> -> !tile.tile<16x1xi32>
  %rargmin = tile.row_argmin %a : !tile.tile<16x64xf32> -> !tile.tile<16x1xi32>
  %csum = tile.col_sum %a : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
  %cmax = tile.col_max %a : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
  %cmin = tile.col_min %a : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
  %cprod = tile.col_prod %a : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
  func.return
}
