// RUN: pto-opt %s --verify-diagnostics

func.func @reinterpret_cast_size(%m: memref<32xf32>) {
  // expected-error@+1 {{'memref.reinterpret_cast': size 8 of dimension 0 is typed as 16 [TW0100]}}
  %r = memref.reinterpret_cast %m to offset: [0], sizes: [8], strides: [1] : memref<32xf32> to memref<16xf32>
  func.return
}
