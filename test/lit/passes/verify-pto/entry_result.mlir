// RUN: pto-opt %s -p verify-pto{strength=ptoas} --verify-diagnostics

// expected-error@+1 {{@entry_result is an entry, and an entry returns nothing [TW0510]}}
func.func @entry_result(%x: i32) -> i32 {
  func.return %x : i32
}
