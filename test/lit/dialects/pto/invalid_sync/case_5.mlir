// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{[TW0100]}}
"pto.barrier"() <{pipe = #pto.event<EVENT_ID0>}> : () -> ()
