// RUN: pto-opt %s --verify-diagnostics

func.func @load_without_outs(%p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+2 {{Expected 'outs'}}
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}
