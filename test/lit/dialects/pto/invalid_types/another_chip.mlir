// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the module is for A5, this compiler is for a2a3 [TW0140]}}
module attributes {pto.target_arch = "A5"} {
}
