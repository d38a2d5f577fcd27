// RUN: pto-opt -t irdl | filecheck %s
// RUN: pto-opt %s -t mlir-irdl | filecheck %s --check-prefix=MODULE

// Types and attributes stand apart: a type and an operation may share a name.
// CHECK:       module @types {
// CHECK-NEXT:    irdl.dialect @pto {
// CHECK:           irdl.type @ptr {
// CHECK:         irdl.dialect @tile {
// CHECK:           irdl.type @ring {
// CHECK-NEXT:        %0 = irdl.base "#builtin.integer"
// CHECK-NEXT:        %1 = irdl.base @tile::@tile {}
// CHECK-NEXT:        "irdl.parameters"(%0, %1) {names = ["count", "tile"]} : (!irdl.attribute, !irdl.attribute) -> ()

// CHECK:       irdl.dialect @pto {
// CHECK:         irdl.operation @barrier {
// CHECK-NEXT:      %0 = irdl.base @types::@pto::@pipe_attr {}
// CHECK-NEXT:      irdl.attributes { "pipe" = %0 }
// CHECK-NEXT:    }

// A name loses its dots.
// CHECK:         irdl.operation @tmatmul_acc {

// CHECK:       irdl.dialect @tile {
// CHECK:         irdl.operation @ring {
// CHECK-NEXT:      %0 = irdl.base @types::@tile::@ring {}
// CHECK-NEXT:      "irdl.results"(%0) {names = ["result"], variadicity = #irdl<variadicity_array[ single]>}

// Attributes instead of properties, segments in both spellings, types as IRDL prints them.
// MODULE:         "pto.alloc_tile"(%{{.*}}) {
// MODULE-SAME:      operand{{SegmentSizes|_segment_sizes}} = array<i32: 1, 0, 0>
// MODULE-SAME:      operand{{SegmentSizes|_segment_sizes}} = array<i32: 1, 0, 0>
// MODULE-SAME:      (i64) -> !pto.tile_buf<#pto.address_space<"vec">, f32, [16 : i64, 32 : i64], [16 : i64, 32 : i64],
// MODULE:         "pto.barrier"() {pipe = #pto.pipe_attr<"PIPE_ALL">} : () -> ()
func.func @storage(%a: i64) {
  %0 = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 16x32xf32>
  pto.barrier <PIPE_ALL>
  func.return
}

// What ends a block of ours is no terminator for MLIR; another one follows it.
// MODULE:         %[[X:.*]] = "tile.pipeline"(%{{.*}}, %{{.*}}, %{{.*}}, %[[S:.*]]) ({
// MODULE-NEXT:    ^{{.*}}(%{{.*}}: index, %[[Y:.*]]: !tile.tile<[16 : i64, 32 : i64], i8, none, [16 : i64, 32 : i64]>):
// MODULE-NEXT:      "tile.yield"(%[[Y]]) {{.*}}
// MODULE-NEXT:      "llvm.unreachable"() : () -> ()
// MODULE-NEXT:    }) {{.*}} array<i32: 1, 1, 1, 1, 0, 0,
func.func @region(%n: index, %s: !tile.tile<16x32xi8>) {
  %x = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%y = %s) -> (!tile.tile<16x32xi8>) {
    tile.yield %y : !tile.tile<16x32xi8>
  }
  func.return
}
