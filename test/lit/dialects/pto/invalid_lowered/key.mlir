// RUN: pto-opt %s --verify-diagnostics

func.func @key() {
  // expected-error@+1 {{unexpected key 'size' of a tile_buf_config}}
  func.call @g() {a = #pto.tile_buf_config<size=3>} : () -> ()
  func.return
}
func.func private @g()
