// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @stages(%n: index) {
  // expected-error@+1 {{a pipeline has at least one stage, got 0 [TW0114]}}
  tile.pipeline stages(0) %i = %n to %n step %n {
  }
  func.return
}

// -----

func.func @step(%n: index) {
  %zero = arith.constant 0 : index
  // expected-error@+1 {{the step of a pipeline is positive, got 0 [TW0114]}}
  tile.pipeline stages(2) %i = %n to %n step %zero {
  }
  func.return
}

// -----

func.func @bounds(%n: i32) {
  // expected-error@+1 {{operand is used with type index, but has been previously used or defined with type i32}}
  tile.pipeline stages(2) %i = %n to %n step %n {
  }
  func.return
}

// -----

func.func @loop_variable(%n: index) {
  // expected-error@+1 {{the body takes the loop variable and then the carried values, with their types [TW0114]}}
  "tile.pipeline"(%n, %n, %n) <{stages = 2 : i64}> ({
    "tile.yield"() : () -> ()
  }) : (index, index, index) -> ()
  func.return
}

// -----

func.func @carried_type(%n: index, %x: i32) {
  // expected-error@+1 {{the body takes the loop variable and then the carried values, with their types [TW0114]}}
  %r = "tile.pipeline"(%n, %n, %n, %x) <{stages = 2 : i64}> ({
  ^body(%i: index, %y: index):
    "tile.yield"(%y) : (index) -> ()
  }) : (index, index, index, i32) -> i32
  func.return
}

// -----

func.func @result_type(%n: index, %x: i32) {
  // expected-error@+1 {{the results of a pipeline have the types of the values that it carries [TW0114]}}
  %r = "tile.pipeline"(%n, %n, %n, %x) <{stages = 2 : i64}> ({
  ^body(%i: index, %y: i32):
    "tile.yield"(%y) : (i32) -> ()
  }) : (index, index, index, i32) -> index
  func.return
}

// -----

func.func @yields_too_few(%n: index) {
  // expected-error@+1 {{a pipeline that carries 1 values yields as many of the same types, got 0 [TW0114]}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n) -> (index) {
    tile.yield
  }
  func.return
}

// -----

func.func @yields_nothing(%n: index) {
  // expected-error@+1 {{a pipeline that carries 1 values yields as many of the same types, got 0 [TW0114]}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n) -> (index) {
  }
  func.return
}

// -----

func.func @yields_another_type(%n: index, %y: i32) {
  // expected-error@+1 {{a pipeline that carries 1 values yields as many of the same types, got 1 [TW0114]}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n) -> (index) {
    tile.yield %y : i32
  }
  func.return
}

// -----

func.func @another_terminator(%n: index) {
  // expected-error@+1 {{'tile.pipeline' terminates with operation func.return instead of tile.yield [TW0001]}}
  tile.pipeline stages(2) %i = %n to %n step %n {
    func.return
  }
  func.return
}

// -----

func.func @two_blocks(%n: index) {
  // expected-error@+1 {{'tile.pipeline' does not contain single-block regions [TW0001]}}
  tile.pipeline stages(2) %i = %n to %n step %n {
    tile.yield
  ^other:
    tile.yield
  }
  func.return
}

// -----

func.func @yield_outside() {
  // expected-error@+1 {{'tile.yield' expects parent op 'tile.pipeline' [TW0100]}}
  tile.yield
}
