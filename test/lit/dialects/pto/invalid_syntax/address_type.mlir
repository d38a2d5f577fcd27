// RUN: pto-opt %s --verify-diagnostics

func.func @address_type(%a: index) {
  // expected-error@+1 {{operand is used with type i64, but has been previously used or defined with type index}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 16x32xi8>
  func.return
}
