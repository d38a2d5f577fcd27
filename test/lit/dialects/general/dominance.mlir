// RUN: pto-opt %s --split-input-file --verify-diagnostics | filecheck %s

// A loop-carried value and a value of an outer region are visible inside.
// CHECK-LABEL: func.func @visible
func.func @visible(%n: index) -> index {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %s = scf.for %i = %zero to %n step %one iter_args(%acc = %zero) -> (index) {
    %next = arith.addi %acc, %one : index
    scf.yield %next : index
  }
  func.return %s : index
}

// -----

// A block sees what dominates it, also when the text defines it later; an unreachable block is free.
// CHECK-LABEL: func.func @cfg
func.func @cfg(%c: i1) -> i32 {
  cf.br ^middle
^end:
  func.return %x : i32
^middle:
  %x = arith.constant 1 : i32
  cf.cond_br %c, ^end, ^middle
^unreachable:
  %y = arith.addi %y, %y : i32
  cf.br ^end
}

// -----

func.func @same_block() {
  // expected-error@+2 {{%x is used on line 36 but its definition on line 37 does not reach that use}}
  // expected-note@+1 {{the definition comes later in the same block}}
  %y = arith.addi %x, %x : i32
  %x = arith.constant 1 : i32
  func.return
}

// -----

func.func @own_region(%n: index) {
  %one = arith.constant 1 : index
  // expected-note@+3 {{inside the operation that defines the value}}
  // expected-error@+2 {{%s is used}}
  %s = scf.for %i = %one to %n step %one iter_args(%acc = %one) -> (index) {
    %next = arith.addi %s, %s : index
    scf.yield %next : index
  }
  func.return
}

// -----

func.func @left_region(%n: index) -> index {
  %one = arith.constant 1 : index
  scf.for %i = %one to %n step %one {
    %inner = arith.addi %i, %i : index
  }
  // expected-error@+1 {{use of a value that is not defined: %inner}}
  func.return %inner : index
}

// -----

func.func @one_branch(%c: i1) -> i32 {
  cf.cond_br %c, ^left, ^right
^left:
  %x = arith.constant 1 : i32
  cf.br ^end
^right:
  cf.br ^end
^end:
  // expected-error@+2 {{%x is used on line 77 but its definition on line 70}}
  // expected-note@+1 {{not on every path to the use}}
  func.return %x : i32
}

// -----

func.func @isolated() {
  %x = arith.constant 1 : i32
  // expected-error@+1 {{'func.func': Operation using value defined out of its IsolatedFromAbove parent}}
  func.func @inner() -> i32 {
    func.return %x : i32
  }
  func.return
}

// -----

func.func @own_argument(%n: index) {
  // expected-note@+2 {{the definition is inside a region that the use is outside of}}
  // expected-error@+1 {{%i is used on line 96}}
  scf.for %i = %i to %n step %n {
  }
  func.return
}
