// RUN: pto-opt %s -p 'a2a3{level=3}' | filecheck %s

// A right operand that lies by its columns is a column-major view, and sits in Mat as Right reads it.
// CHECK-LABEL: func.func @transposed(
// CHECK:         pto.make_tensor_view %w, {{.*}} {layout = #pto.layout<dn>}
// CHECK:         pto.alloc_tile {{.*}}loc=mat, dtype=bf16, {{.*}}blayout=row_major, slayout=col_major
// CHECK:         pto.tload
func.func @transposed(%act: !tile.tensor<16x256xbf16>, %w: !tile.tensor<64x256xbf16>, %out: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %act[%c0, %c0] : !tile.tensor<16x256xbf16> -> !tile.tile<16x256xbf16>
  %b = tile.load %w[%c0, %c0] transposed : !tile.tensor<64x256xbf16> -> !tile.tile<256x64xbf16>
  %x = tile.matmul %a, %b : !tile.tile<16x256xbf16>, !tile.tile<256x64xbf16> -> !tile.tile<16x64xf32>
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  func.return
}
