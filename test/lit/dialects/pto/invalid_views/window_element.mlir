// RUN: pto-opt %s --verify-diagnostics

func.func @window_element(%v: !pto.tensor_view<?xi8>, %n: index) {
  // expected-error@+1 {{attribute i8 expected from variable 'E', but got f16 [TW0001]}}
  %w = pto.partition_view %v, offsets = [%n], sizes = [%n]
    : !pto.tensor_view<?xi8> -> !pto.partition_tensor_view<16xf16>
  func.return
}
