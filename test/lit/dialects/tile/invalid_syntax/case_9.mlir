// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{unknown operation 'tile.laod'}}
%x = tile.laod
// expected-note@-1 {{did you mean 'tile.load'?}}
