// RUN: pto-opt %s -p convert-tile-to-pto --split-input-file --verify-diagnostics

func.func @used_twice(%l: !tile.tile<16x64xi8, left>) {
  %left = tile.empty : !tile.tile<16x64xi8, left>
  %right = tile.empty : !tile.tile<64x64xi8, right>
  %x = tile.matmul %left, %right
    : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
  // expected-error@+3 {{an accumulator is never copied: %x is updated in place as %y, but tile.matmul reads %x as well [TW0301]}}
  // expected-note@+2 {{there is no data path from acc to acc}}
  // expected-note@+1 {{give the second reader an accumulator of its own, or let it read %y}}
  %y = tile.matmul acc(%x) %left, %right
    : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %z = tile.matmul acc(%x) %left, %right
    : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
  func.return
}

// -----

func.func @read_after_the_loop(%t: !tile.tensor<16x64xi32>, %n: index) {
  %left = tile.empty : !tile.tile<16x64xi8, left>
  %right = tile.empty : !tile.tile<64x64xi8, right>
  %x = tile.empty : !tile.tile<16x64xi32, acc>
  // expected-error@+1 {{an accumulator is never copied: %x is updated in place as %r, but tile.store reads %x as well [TW0301]}}
  %r = scf.for %k = %n to %n step %n iter_args(%y = %x) -> (!tile.tile<16x64xi32, acc>) {
    %z = tile.matmul acc(%y) %left, %right
      : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %z : !tile.tile<16x64xi32, acc>
  }
  tile.store %x, %t[%n, %n] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}

// -----

func.func @another_is_carried(%n: index) {
  %left = tile.empty : !tile.tile<16x64xi8, left>
  %right = tile.empty : !tile.tile<64x64xi8, right>
  %x = tile.empty : !tile.tile<16x64xi32, acc>
  %r = scf.for %k = %n to %n step %n iter_args(%y = %x) -> (!tile.tile<16x64xi32, acc>) {
    %z = tile.matmul %left, %right
      : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
    // expected-error@+2 {{the loop carries %y but yields %z, which is in another buffer [TW0301]}}
    // expected-note@+1 {{accumulate onto %y: tile.matmul acc(%y)}}
    scf.yield %z : !tile.tile<16x64xi32, acc>
  }
  func.return
}

// -----

func.func @pipeline(%t: !tile.tensor<16x64xi8>, %n: index) {
  // expected-error@+2 {{tile.pipeline is still there [TW0302]}}
  // expected-note@+1 {{run lower-pipeline first}}
  tile.pipeline stages(2) %k = %n to %n step %n {
  }
  func.return
}

// -----

func.func @full(%t: !tile.tensor<16x64xi8>) {
  // expected-error@+1 {{tile.full has no lowering to pto: it can only start an accumulator [TW0303]}}
  %x = tile.full 0 : i32 : !tile.tile<16x64xi32>
  func.return
}

// -----

func.func @branch_with_tiles(%t: !tile.tensor<16x64xi8>, %i: i1) {
  %x = tile.empty : !tile.tile<16x64xi8, mat>
  // expected-error@+1 {{scf.if on tiles has no lowering to pto [TW0303]}}
  %y = scf.if %i -> (!tile.tile<16x64xi8, mat>) {
    scf.yield %x : !tile.tile<16x64xi8, mat>
  } else {
    scf.yield %x : !tile.tile<16x64xi8, mat>
  }
  func.return
}

// -----

func.func @no_space(%t: !tile.tensor<16x64xi8>, %n: index) {
  // expected-error@+2 {{%a has no space yet [TW0304]}}
  // expected-note@+1 {{run plan-matmul and lower-matmul first, or write its space}}
  %a = tile.load %t[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8>
  func.return
}

// -----

func.func @tile_argument(%x: !tile.tile<16x64xi8, mat>) {
  // expected-error@+1 {{%x has no buffer [TW0304]}}
  %l = tile.move %x : !tile.tile<16x64xi8, mat> -> !tile.tile<16x64xi8, left>
  func.return
}

// -----

// expected-error@+1 {{%t has a dynamic extent (!tile.tensor<?x64xi8>): its pto view needs the extents as constants [TW0305]}}
func.func @dynamic(%t: !tile.tensor<?x64xi8>) {
  func.return
}

// -----

// expected-error@+1 {{rows of %t are 70000 elements apart, and a load into Mat takes at most 65535 [TW0306]}}
func.func @far_apart(%t: !tile.tensor<16x70000xi8>) {
  func.return
}
