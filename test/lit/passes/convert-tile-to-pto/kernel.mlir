// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// Tiles become buffers before the loop, rings become several; tensors become pointers with views; the accumulator is one
// buffer all along, so the loop carries the index only.
// CHECK:       builtin.module attributes {pto.target_arch = "a3"}
// CHECK-LABEL: func.func @kernel(
// CHECK-SAME:      %[[ACT:[a-z]*]]: !pto.ptr<i8>, %[[W:[a-z]*]]: !pto.ptr<i8>, %[[O:[a-z]*]]: !pto.ptr<i32>, %[[N:[a-z]*]]: index,
// CHECK-SAME:      %[[INIT:[a-z]*]]: i1) attributes {pto.kernel_kind = #pto.kernel_kind<cube>}
// CHECK-DAG:     %[[ACT_VIEW:.*]] = pto.make_tensor_view %[[ACT]], shape = [%{{.*}}, %{{.*}}], strides = [%{{.*}}, %{{.*}}]
// CHECK-DAG:     %[[O_VIEW:.*]] = pto.make_tensor_view %[[O]]
// CHECK:         %[[X:.*]] = pto.alloc_tile : !pto.tile_buf<loc=acc, dtype=i32, rows=16, cols=64,
// CHECK:         %[[RING:.*]] = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<loc=mat, {{.*}}>, count=2>
// CHECK:         %[[B:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat, dtype=i8, rows=64
// CHECK:         %[[L:.*]] = pto.alloc_tile : !pto.tile_buf<loc=left
// CHECK:         %[[R:.*]] = pto.alloc_tile : !pto.tile_buf<loc=right
// CHECK:         %[[M:.*]] = scf.for %[[K:.*]] = %[[N]] to %[[N]] step %[[N]] iter_args(%{{.*}} = %[[N]]) -> (index)
// CHECK-NEXT:      %[[A:.*]] = pto.multi_tile_get %[[RING]][%[[K]]]
// CHECK-NEXT:      %[[A_GM:.*]] = pto.partition_view %[[ACT_VIEW]], offsets = [%[[N]], %[[K]]]
// CHECK-NEXT:      pto.tload ins(%[[A_GM]] : {{.*}}) outs(%[[A]] :
// CHECK:           pto.tload {{.*}} outs(%[[B]] :
// CHECK-NEXT:      pto.tmov ins(%[[A]] : {{.*}}) outs(%[[L]] :
// CHECK-NEXT:      pto.textract ins(%[[B]], %[[N]], %[[N]] : {{.*}}) outs(%[[R]] :
// CHECK-NEXT:      scf.if %[[INIT]] {
// CHECK-NEXT:        pto.tmatmul ins(%[[L]], %[[R]] : {{.*}}) outs(%[[X]] :
// CHECK-NEXT:      } else {
// CHECK-NEXT:        pto.tmatmul.acc ins(%[[X]], %[[L]], %[[R]] : {{.*}}) outs(%[[X]] :
// CHECK-NEXT:      }
// CHECK-NEXT:      scf.yield %[[K]] : index
// CHECK:         %[[O_GM:.*]] = pto.partition_view %[[O_VIEW]], offsets = [%[[N]], %[[M]]]
// CHECK-NEXT:    pto.tstore ins(%[[X]] : {{.*}}) outs(%[[O_GM]] :
func.func @kernel(
    %act: !tile.tensor<16x64xi8>, %w: !tile.tensor<64x64xi8>, %o: !tile.tensor<16x64xi32>, %n: index, %init: i1) {
  %x0 = tile.empty : !tile.tile<16x64xi32, acc>
  %ring = tile.ring : !tile.ring<2 x !tile.tile<16x64xi8, mat>>
  %x, %m = scf.for %k = %n to %n step %n iter_args(%y = %x0, %i = %n) -> (!tile.tile<16x64xi32, acc>, index) {
    %a = tile.load %act[%n, %k] into %ring[%k] of !tile.ring<2 x !tile.tile<16x64xi8, mat>>
      : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8, mat>
    %b = tile.load %w[%k, %n] : !tile.tensor<64x64xi8> -> !tile.tile<64x64xi8, mat>
    %l = tile.move %a : !tile.tile<16x64xi8, mat> -> !tile.tile<16x64xi8, left>
    %r = tile.extract %b[%n, %n] : !tile.tile<64x64xi8, mat> -> !tile.tile<64x64xi8, right>
    %y1 = tile.matmul acc(%y) init(%init) %l, %r : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right>
      -> !tile.tile<16x64xi32, acc>
    scf.yield %y1, %k : !tile.tile<16x64xi32, acc>, index
  }
  tile.store %x, %o[%n, %m] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}
