// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @wrong_return() -> i32 {
  // expected-error@+1 {{'func.return': Expected arguments to have the same types}}
  func.return
}

// -----

func.func @two_errors() {
  // expected-error@+1 {{'arith.addi'}}
  %x = "arith.addi"() : () -> i32
  // expected-error@+1 {{'arith.subi'}}
  %y = "arith.subi"() : () -> i32
  func.return
}

// -----

func.func @not_last() {
  // expected-error@+1 {{'cf.br': has successors but does not end its block}}
  cf.br ^end
  %x = arith.constant 1 : i32
  func.return
^end:
  func.return
}

// -----

func.func @empty_block() {
  // expected-error@+1 {{'scf.for': contains an empty block}}
  "scf.for"(%a, %a, %a) ({
  ^bb0(%i: index):
  }) : (index, index, index) -> ()
  %a = arith.constant 1 : index
  func.return
}
