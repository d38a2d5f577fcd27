// RUN: not pto-opt %s -p canonicalise 2>&1 | filecheck %s --check-prefix=NAME
// RUN: not pto-opt %s -p 'cse,dce{deep=1}' 2>&1 | filecheck %s --check-prefix=OPTION
// RUN: not pto-opt %s -p 'cse{' 2>&1 | filecheck %s --check-prefix=SYNTAX
// RUN: not pto-opt %s -t ctoo 2>&1 | filecheck %s --check-prefix=TARGET
// RUN: not pto-opt %s --nonsense 2>&1 | filecheck %s --check-prefix=FLAG

// NAME:      error[TW0002]: unknown pass 'canonicalise'
// NAME-NEXT: --> <pipeline>:1:1
// NAME:      help: did you mean 'canonicalize'?

// OPTION:      error[TW0003]: 'dce' has no option 'deep'
// OPTION-NEXT: --> <pipeline>:1:9
// OPTION:      it has no options

// SYNTAX:      error[TW0002]: expected an option or '}' in the pipeline, found the end
// SYNTAX-NEXT: --> <pipeline>:1:5

// TARGET:      error: unknown target 'ctoo' [TW0007]
// TARGET:      the targets are mlir, mlir-generic, pto, cce

// FLAG:        error: unrecognized arguments: --nonsense [TW0003]
