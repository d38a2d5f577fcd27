// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{type expected}}
func.func private @pointer(!pto.ptr<1>)
