// RUN: pto-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{unknown operation 'func.fnc'}}
func.fnc @f() {}

// -----

// expected-error@+1 {{expected an operation, found '}'}}
}

// -----

// expected-error@+1 {{'other.nothing' is not registered}}
func.func private @f(!other.nothing)

// -----

// expected-error@+1 {{out of range}}
%x = arith.constant 300 : i8

// -----

func.func @f() {
// expected-error@+1 {{a block label starts with a letter, as in ^bb0}}
^0:
  func.return
}

// -----

func.func @f() {
  // expected-error@+1 {{a block label starts with a letter, as in ^bb1}}
  cf.br ^1
}

// -----

func.func @f() {
  cf.br ^end
^end:
  func.return
// expected-error@+1 {{re-declaration of block 'end'}}
^end:
  func.return
}

// -----

func.func @f() {
  %x = arith.constant 1 : i32
  // expected-error@+1 {{SSA value %x is already defined}}
  %x = arith.constant 2 : i32
  func.return
}

// -----

// expected-error@+1 {{string literal}}
"never closed aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
