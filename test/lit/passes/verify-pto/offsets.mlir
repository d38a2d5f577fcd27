// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @offsets(%p: !pto.ptr<i8>) {
  %n = arith.constant 65537 : index
  %s = arith.constant 65536 : index
  %o = arith.constant 1 : index
  // expected-error@+1 {{the last element lies 4294967296 elements in, but offsets are computed in 32 bits [TW0151]}}
  %v = pto.make_tensor_view %p, shape = [%n, %o], strides = [%s, %o] : !pto.tensor_view<65537x1xi8>
  func.return
}
