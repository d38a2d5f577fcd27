// RUN: pto-opt %s -p insert-sync --split-input-file | filecheck %s

// Two stores to the same rows have a barrier of their pipe between them; one to rows of its own needs none.
// CHECK-LABEL: func.func @again(
// CHECK:         pto.tstore
// CHECK-NEXT:    pto.tstore
// CHECK-NEXT:    pto.barrier <PIPE_MTE3>
// CHECK-NEXT:    pto.tstore
// CHECK-NOT:     pto.barrier
func.func @again(%p: !pto.ptr<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x64xf32>
  %v = pto.make_tensor_view %p, shape = [%c64, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %a = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %b = pto.partition_view %v, offsets = [%c8, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.partition_tensor_view<8x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%b : !pto.partition_tensor_view<8x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.partition_tensor_view<8x64xf32>)
  func.return
}

// -----

// Stores that add may come in any order; one that overwrites may not.
// CHECK-LABEL: func.func @adds(
// CHECK:         pto.tstore {{.*}}atomic_add
// CHECK-NEXT:    pto.tstore {{.*}}atomic_add
// CHECK-NEXT:    pto.barrier <PIPE_FIX>
// CHECK-NEXT:    pto.tstore
// CHECK-NOT:     pto.barrier
func.func @adds(%p: !pto.ptr<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>
  %v = pto.make_tensor_view %p, shape = [%c16, %c16], strides = [%c16, %c1] : !pto.tensor_view<?x?xf32>
  %a = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c16, %c16] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<16x16xf32>
  pto.tstore ins(%t : !pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>) outs(%a : !pto.partition_tensor_view<16x16xf32>) {atomicType = #pto<atomic_type atomic_add>}
  pto.tstore ins(%t : !pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>) outs(%a : !pto.partition_tensor_view<16x16xf32>) {atomicType = #pto<atomic_type atomic_add>}
  pto.tstore ins(%t : !pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>) outs(%a : !pto.partition_tensor_view<16x16xf32>)
  func.return
}

// -----

// Iterations that store side by side need no barrier, those that store to the same rows do.
// CHECK-LABEL: func.func @loops(
// CHECK:         scf.for
// CHECK-NOT:       pto.barrier
// CHECK:           pto.tstore
// CHECK-NOT:       pto.barrier
// CHECK:         scf.for
// CHECK:           pto.barrier <PIPE_MTE3>
// CHECK-NEXT:      pto.tstore
// CHECK-NOT:     pto.barrier
func.func @loops(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>, %n: index, %step: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x64xf32>
  %v = pto.make_tensor_view %p, shape = [%n, %n], strides = [%n, %c1] : !pto.tensor_view<?x?xf32>
  %w = pto.make_tensor_view %q, shape = [%n, %n], strides = [%n, %c1] : !pto.tensor_view<?x?xf32>
  scf.for %i = %c0 to %n step %step {
    %row = arith.muli %i, %c8 : index
    %a = pto.partition_view %v, offsets = [%row, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
    pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.partition_tensor_view<8x64xf32>)
  }
  scf.for %i = %c0 to %n step %c1 {
    %row = arith.muli %i, %c4 : index
    %a = pto.partition_view %w, offsets = [%row, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
    pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.partition_tensor_view<8x64xf32>)
  }
  func.return
}

// -----

// The inner loop stores side by side and starts again in each turn of the outer one: one barrier for a turn is enough.
// CHECK-LABEL: func.func @over_and_over(
// CHECK:         scf.for
// CHECK:           pto.barrier <PIPE_MTE3>
// CHECK:           scf.for
// CHECK-NOT:         pto.barrier
func.func @over_and_over(%p: !pto.ptr<f32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x64xf32>
  %v = pto.make_tensor_view %p, shape = [%n, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  scf.for %turn = %c0 to %n step %c1 {
    scf.for %i = %c0 to %n step %c8 {
      %a = pto.partition_view %v, offsets = [%i, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
      pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.partition_tensor_view<8x64xf32>)
    }
  }
  func.return
}

// -----

// Rows and columns of a tensor, one after the other, are apart in one of the two.
// CHECK-LABEL: func.func @tiles(
// CHECK-NOT:     pto.barrier
// CHECK:         return
func.func @tiles(%p: !pto.ptr<f32>, %m: index, %n: index, %ld: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x64xf32>
  %v = pto.make_tensor_view %p, shape = [%m, %n], strides = [%ld, %c1] : !pto.tensor_view<?x?xf32>
  scf.for %i = %c0 to %m step %c8 {
    scf.for %j = %c0 to %n step %c128 {
      %next = arith.addi %j, %c64 : index
      %a = pto.partition_view %v, offsets = [%i, %j], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
      %b = pto.partition_view %v, offsets = [%i, %next], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
      pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.partition_tensor_view<8x64xf32>)
      pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%b : !pto.partition_tensor_view<8x64xf32>)
    }
  }
  func.return
}

// -----

// A stride that makes rows overlap is seen, and so is a tensor that starts elsewhere.
// CHECK-LABEL: func.func @strides(
// CHECK:         pto.tstore
// CHECK-NEXT:    pto.barrier <PIPE_MTE3>
// CHECK-NEXT:    pto.tstore
// CHECK-NEXT:    pto.barrier <PIPE_MTE3>
// CHECK-NEXT:    pto.tstore
func.func @strides(%p: !pto.ptr<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 4x64xf32>
  %v = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c4, %c1] : !pto.tensor_view<?x?xf32>
  %q = pto.addptr %p, %c8 : !pto.ptr<f32> -> !pto.ptr<f32>
  %w = pto.make_tensor_view %q, shape = [%c8, %c64], strides = [%c4, %c1] : !pto.tensor_view<?x?xf32>
  %a = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c4, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<4x64xf32>
  %b = pto.partition_view %v, offsets = [%c4, %c0], sizes = [%c4, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<4x64xf32>
  %e = pto.partition_view %w, offsets = [%c0, %c0], sizes = [%c4, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<4x64xf32>
  pto.tstore ins(%t : !pto.tile_buf<vec, 4x64xf32>) outs(%a : !pto.partition_tensor_view<4x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 4x64xf32>) outs(%b : !pto.partition_tensor_view<4x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 4x64xf32>) outs(%e : !pto.partition_tensor_view<4x64xf32>)
  func.return
}

// -----

// Where a branch chooses the pointer, the parts behind it are not followed.
// CHECK-LABEL: func.func @chosen(
// CHECK:         pto.tstore
// CHECK-NEXT:    pto.barrier <PIPE_MTE3>
// CHECK-NEXT:    pto.tstore
func.func @chosen(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>, %b: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %c512 = arith.constant 512 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x64xf32>
  %further = pto.addptr %p, %c512 : !pto.ptr<f32> -> !pto.ptr<f32>
  %one = scf.if %b -> (!pto.ptr<f32>) {
    scf.yield %further : !pto.ptr<f32>
  } else {
    scf.yield %q : !pto.ptr<f32>
  }
  %v = pto.make_tensor_view %p, shape = [%c64, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %w = pto.make_tensor_view %one, shape = [%c64, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %a = pto.partition_view %v, offsets = [%c8, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %e = pto.partition_view %w, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.partition_tensor_view<8x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%e : !pto.partition_tensor_view<8x64xf32>)
  func.return
}
