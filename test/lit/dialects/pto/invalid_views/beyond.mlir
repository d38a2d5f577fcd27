// RUN: pto-opt %s --verify-diagnostics

func.func @beyond(%v: !pto.tensor_view<16x40xi8>, %n: index) {
  %r = arith.constant 16 : index
  %c = arith.constant 32 : index
  // expected-error@+1 {{16 to 48 lies outside of dimension 1, which has 40 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %r], sizes = [%r, %c]
    : !pto.tensor_view<16x40xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}
