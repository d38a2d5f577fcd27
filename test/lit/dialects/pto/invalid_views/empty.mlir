// RUN: pto-opt %s --verify-diagnostics

func.func @empty(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  %z = arith.constant 0 : index
  // expected-error@+1 {{a window has at least one element in dimension 1, got 0 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %z] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x?xi8>
  func.return
}
