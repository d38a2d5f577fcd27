// RUN: pto-opt %s --verify-diagnostics

func.func @reinterpret_cast_elements(%m: memref<32xf32>) {
  // expected-error@+1 {{'memref.reinterpret_cast': a reinterpret_cast keeps the element type and the memory space [TW0100]}}
  %r = memref.reinterpret_cast %m to offset: [0], sizes: [16], strides: [1] : memref<32xf32> to memref<16xi32>
  func.return
}
