// RUN: pto-opt %s --verify-diagnostics

func.func @size(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  %c = arith.constant 8 : index
  // expected-error@+1 {{size 8 of dimension 0 is typed as 16 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%c, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}
