// RUN: pto-opt %s --verify-diagnostics

func.func @reinterpret_cast_rank(%m: memref<32xf32>) {
  // expected-error@+1 {{'memref.reinterpret_cast': a reinterpret_cast has a size for each dimension of its result [TW0100]}}
  %r = memref.reinterpret_cast %m to offset: [0], sizes: [4, 4], strides: [4, 1] : memref<32xf32> to memref<16xf32>
  func.return
}
