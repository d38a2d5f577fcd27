// RUN: pto-opt %s --verify-diagnostics

func.func @extract_into_vec(%a: !tile.tile<16x64xi8, mat>, %i: index) {
  // expected-error@+1 {{an extract goes from mat to left or right, or stays in vec; not from mat to vec [TW0107]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xi8, mat> -> !tile.tile<16x32xi8, vec>
  func.return
}
