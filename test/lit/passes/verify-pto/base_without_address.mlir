// RUN: pto-opt %s -p verify-pto{strength=ptoas} --verify-diagnostics

func.func @base_without_address() {
  %b = pto.reserve_buffer {name = "ring", size = 8192, location = #pto.address_space<vec>, auto = false, base = 0} -> i32
  // expected-error@+1 {{%m has no address, but %b has one [TW0332]}}
  %m = memref.alloc() : memref<16x32xf32, #pto.address_space<vec>>
  pto.texp ins(%m : memref<16x32xf32, #pto.address_space<vec>>)
    outs(%m : memref<16x32xf32, #pto.address_space<vec>>)
  func.return
}
