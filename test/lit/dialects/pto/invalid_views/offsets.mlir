// RUN: pto-opt %s --verify-diagnostics

func.func @offsets(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  // expected-error@+1 {{a window of a view of 2 dimensions has 2 offsets and sizes, got 1 and 2 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n], sizes = [%n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}
