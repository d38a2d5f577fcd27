// RUN: pto-opt --list-passes | filecheck %s --check-prefix=PASSES
// RUN: pto-opt --explain tw0101 | filecheck %s --check-prefix=EXPLAIN
// RUN: not pto-opt --explain TW9999 2>&1 | filecheck %s --check-prefix=UNKNOWN
// RUN: pto-opt --version | filecheck %s --check-prefix=VERSION

// PASSES:      Pipelines:
// PASSES:      Passes:
// PASSES:        canonicalize

// EXPLAIN: TW0101: a value is used where its definition does not reach

// UNKNOWN: error: unknown diagnostic code 'TW9999' [TW0003]

// VERSION: pto-opt (tilewright {{[0-9.]+}})
