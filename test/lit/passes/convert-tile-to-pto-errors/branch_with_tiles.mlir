// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @branch_with_tiles(%t: !tile.tensor<16x64xi8>, %i: i1) {
  %x = tile.empty : !tile.tile<16x64xi8, mat>
  // expected-error@+1 {{scf.if on tiles outside of vec and acc has no lowering to pto [TW0303]}}
  %y = scf.if %i -> (!tile.tile<16x64xi8, mat>) {
    scf.yield %x : !tile.tile<16x64xi8, mat>
  } else {
    scf.yield %x : !tile.tile<16x64xi8, mat>
  }
  func.return
}
