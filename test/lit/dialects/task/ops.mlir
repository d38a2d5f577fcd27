// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @kernel(
// CHECK-SAME:    !tile.tensor<16x32xf32> {task.direction = "inout"}
// CHECK-SAME:    attributes {task.kernel}
// CHECK:         %[[I:[a-z]+]] = task.block_index : index
// CHECK:         %[[N:[a-z]+]] = task.block_count : index
// CHECK:         %[[S:[a-z]+]] = task.subblock_index {note} : index
// GENERIC:       "task.block_index"() : () -> index
// GENERIC:       "task.block_count"() : () -> index
// GENERIC:       "task.subblock_index"() {note} : () -> index
func.func @kernel(%x: !tile.tensor<16x32xf32> {task.direction = "inout"}, %row: index) attributes {task.kernel} {
  %i = task.block_index : index
  %n = task.block_count : index
  %s = task.subblock_index {note} : index
  func.return
}

func.func @silent() {
  func.return
}

// CHECK-LABEL: func.func @orchestration(
// CHECK-SAME:    attributes {task.orchestration}
func.func @orchestration(%x: !tile.tensor<16x32xf32>, %n: index) attributes {task.orchestration} {
  %c0 = arith.constant 0 : index
  // CHECK:     %[[FIRST:[a-z]+]] = task.scope "first" {
  // CHECK:       %{{.*}} = tile.load
  // CHECK:     }
  %first = task.scope "first" {
    %t = tile.load %x[%c0, %c0] : !tile.tensor<16x32xf32> -> !tile.tile<16x32xf32>
    tile.store %t, %x[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
  }
  // CHECK:     %[[NONE:[a-z]+]] = task.none
  %none = task.none
  // CHECK:     %[[IDS:[a-z]+]] = task.array %{{[a-z]+}} : !task.array
  %ids = task.array %n : !task.array
  // CHECK:     task.array_set %[[FIRST]], %[[IDS]][%c0]
  task.array_set %first, %ids[%c0]
  // CHECK:     %[[GOT:[a-z]+]] = task.array_get %[[IDS]][%c0]
  %got = task.array_get %ids[%c0]
  // CHECK:     task.scope "second" blocks(%{{[a-z]+}}) after(%[[FIRST]], %[[NONE]]) after_all(%[[IDS]])
  // CHECK-SAME:  attributes {level = "core_group"} {
  // CHECK-NEXT: }
  %second = task.scope "second" blocks(%n) after(%first, %none) after_all(%ids) attributes {level = "core_group"} {
  }
  // CHECK:     %[[THIRD:[a-z]+]] = task.submit @kernel(%{{[a-z]+}}, %c0) blocks(%{{[a-z]+}}) after(%[[GOT]])
  // CHECK-SAME:  after_all(%[[IDS]], %[[IDS]]) {task.manual} : !tile.tensor<16x32xf32>, index
  %third = task.submit @kernel(%x, %c0) blocks(%n) after(%got) after_all(%ids, %ids) {task.manual}
    : !tile.tensor<16x32xf32>, index
  // CHECK:     task.submit @silent(){{$}}
  %fourth = task.submit @silent()
  // CHECK:     task.dummy{{$}}
  %fifth = task.dummy
  // CHECK:     task.dummy after(%[[THIRD]]) after_all(%[[IDS]]) {note}
  %sixth = task.dummy after(%third) after_all(%ids) {note}
  // CHECK:     task.barrier
  task.barrier
// GENERIC:   "task.scope"() <{label = "first", operandSegmentSizes = array<i32: 0, 0, 0>}> ({
// GENERIC:   "task.none"() : () -> !task.id
// GENERIC:   "task.array"(%{{[a-z]+}}) : (index) -> !task.array
// GENERIC:   "task.array_set"(
// GENERIC:   "task.array_get"(
// GENERIC:   "task.submit"(%{{.*}}) <{callee = @kernel, operandSegmentSizes = array<i32: 2, 1, 1, 2>}> {task.manual}
// GENERIC:   "task.dummy"() <{operandSegmentSizes = array<i32: 0, 0>}> : () -> !task.id
// GENERIC:   "task.barrier"() : () -> ()
  func.return
}
