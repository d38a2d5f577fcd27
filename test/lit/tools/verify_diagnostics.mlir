// RUN: pto-opt %s --split-input-file --verify-diagnostics | filecheck %s

// Parts without an error are still printed.
// CHECK: func.func @fine
func.func @fine() {
  func.return
}

// -----

func.func @same_line() {
  %x = arith.addi %y, %y : i32 // expected-error {{not defined: %y}}
  func.return
}

// -----

func.func @next_line() {
  // expected-error@+1 {{ends its block but is not a terminator [TW0100]}}
  %x = arith.constant 1 : i32
}

// -----

func.func @below_and_above() {
  // expected-error@below {{%x is used on line 27}}
  %y = arith.addi %x, %x : i32
  // expected-note-re@above {{later in the (same|next) block}}
  %x = arith.constant 1 : i32
  func.return
}

// -----

// expected-error@+2 2 {{does not reach that use}}
func.func @counted() {
  %y = arith.addi %a, %b : i32
  %a = arith.constant 1 : i32
  %b = arith.constant 1 : i32
  func.return
}
