// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{pto.reserve_buffer stands in a function [TW0142]}}
%a = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
