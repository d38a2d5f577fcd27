// RUN: pto-opt %s --verify-diagnostics

func.func @carried_type(%n: index, %x: i32) {
  // expected-error@+1 {{the body takes the loop variable and then the carried values, with their types [TW0114]}}
  %r = "tile.pipeline"(%n, %n, %n, %x) <{stages = 2 : i64}> ({
  ^body(%i: index, %y: index):
    "tile.yield"(%y) : (index) -> ()
  }) : (index, index, index, i32) -> i32
  func.return
}
