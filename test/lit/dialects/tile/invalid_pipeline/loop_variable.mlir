// RUN: pto-opt %s --verify-diagnostics

func.func @loop_variable(%n: index) {
  // expected-error@+1 {{the body takes the loop variable and then the carried values, with their types [TW0114]}}
  "tile.pipeline"(%n, %n, %n) <{stages = 2 : i64}> ({
    "tile.yield"() : () -> ()
  }) : (index, index, index) -> ()
  func.return
}
