// RUN: pto-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: not pto-opt %s 2>&1 | filecheck %s --check-prefix=REFUSED

// CHECK:   "other.op"() : () -> !other.type
// REFUSED: error[TW0001]: unknown operation 'other.op'
%0 = "other.op"() : () -> !other.type
