// RUN: pto-opt %s --verify-diagnostics

func.func @before(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  %r = arith.constant -1 : index
  // expected-error@+1 {{offset -1 of dimension 1 is negative [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %r], sizes = [%n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}
