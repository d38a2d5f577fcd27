// REQUIRES: mlir
// RUN: pto-opt %s -p 'mlir{func.func(canonicalize{max-iterations=3}),cse}' | filecheck %s
// RUN: pto-opt %s -p 'mlir{pipeline="cse,canonicalize"}' --print-debuginfo | filecheck %s --check-prefix=LOC
// RUN: not pto-opt %s -p 'mlir{nope}' 2>&1 | filecheck %s --check-prefix=UNKNOWN

// UNKNOWN: error: MLIR does not know the pipeline 'nope': {{.*}} [TW0002]

// Equal values become one; names and locations of the others stay, ops of ours too.
// CHECK-LABEL: func.func @f(%size: index, %address: i64) -> index {
// CHECK-NEXT:    %[[ONE:.*]] = arith.constant 1 : index
// CHECK-NEXT:    %next = arith.addi %size, %[[ONE]] : index
// CHECK-NEXT:    %sum = arith.addi %next, %next : index
// CHECK-NEXT:    %tile = pto.alloc_tile addr = %address : !pto.tile_buf<loc=vec,
// CHECK-NEXT:    pto.barrier <PIPE_ALL>
// CHECK-NEXT:    func.return %sum : index

// LOC-LABEL: func.func @f(
// LOC:         %sum = arith.addi %next, %next : index loc("{{.*}}mlir.mlir":{{[0-9]+}}:10)
// LOC:         %tile = {{.*}} loc("{{.*}}mlir.mlir":{{[0-9]+}}:11)
// LOC-NEXT:    pto.barrier <PIPE_ALL> loc("named by its author")
func.func @f(%size: index, %address: i64) -> index {
  %one = arith.constant 1 : index
  %other = arith.constant 1 : index
  %next = arith.addi %size, %one : index
  %same = arith.addi %size, %other : index
  %sum = arith.addi %next, %same : index
  %tile = pto.alloc_tile addr = %address : !pto.tile_buf<vec, 16x32xf32>
  pto.barrier <PIPE_ALL> loc("named by its author")
  func.return %sum : index
}
