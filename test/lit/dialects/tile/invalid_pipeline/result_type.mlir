// RUN: pto-opt %s --verify-diagnostics

func.func @result_type(%n: index, %x: i32) {
  // expected-error@+1 {{the results of a pipeline have the types of the values that it carries [TW0114]}}
  %r = "tile.pipeline"(%n, %n, %n, %x) <{stages = 2 : i64}> ({
  ^body(%i: index, %y: i32):
    "tile.yield"(%y) : (i32) -> ()
  }) : (index, index, index, i32) -> index
  func.return
}
