// RUN: pto-opt %s -p verify-pto{strength=ptoas} --verify-diagnostics

// expected-error@+1 {{@recursion calls itself, directly or through others [TW0511]}}
func.func @recursion() {
  func.call @recursion() : () -> ()
  func.return
}
