"""Scalar operations that xDSL's interpreter leaves out, for the value engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.dialects import arith
from xdsl.dialects.builtin import FixedBitwidthType
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    impl,
    register_impls,
)
from xdsl.ir import Operation
from xdsl.utils.comparisons import to_signed, to_unsigned


def _width(interpreter: Interpreter, op: Operation) -> int:
    """Give the width of an operation's first operand."""
    type_ = op.operands[0].type
    return type_.bitwidth if isinstance(type_, FixedBitwidthType) else interpreter.index_bitwidth


def _unsigned(
    interpreter: Interpreter, op: Operation, args: PythonValues, function: Callable[[int, int], int]
) -> PythonValues:
    width = _width(interpreter, op)
    a, b = args
    return (to_signed(function(to_unsigned(a, width), to_unsigned(b, width)), width),)


def _signed(
    interpreter: Interpreter, op: Operation, args: PythonValues, function: Callable[[int, int], int]
) -> PythonValues:
    width = _width(interpreter, op)
    a, b = args
    return (to_signed(function(to_signed(a, width), to_signed(b, width)), width),)


@register_impls
class RemainingArithFunctions(InterpreterFunctions):
    """Unsigned division, extrema and changes of width."""

    @impl(arith.DivUIOp)
    def run_divui(self, interpreter: Interpreter, op: arith.DivUIOp, args: PythonValues) -> Any:
        return _unsigned(interpreter, op, args, lambda a, b: a // b)

    @impl(arith.RemUIOp)
    def run_remui(self, interpreter: Interpreter, op: arith.RemUIOp, args: PythonValues) -> Any:
        return _unsigned(interpreter, op, args, lambda a, b: a % b)

    @impl(arith.CeilDivUIOp)
    def run_ceildivui(self, interpreter: Interpreter, op: arith.CeilDivUIOp, args: PythonValues) -> Any:
        return _unsigned(interpreter, op, args, lambda a, b: (a + b - 1) // b)

    @impl(arith.CeilDivSIOp)
    def run_ceildivsi(self, interpreter: Interpreter, op: arith.CeilDivSIOp, args: PythonValues) -> Any:
        return _signed(interpreter, op, args, lambda a, b: -(a // -b))

    @impl(arith.MinUIOp)
    def run_minui(self, interpreter: Interpreter, op: arith.MinUIOp, args: PythonValues) -> Any:
        return _unsigned(interpreter, op, args, min)

    @impl(arith.MaxUIOp)
    def run_maxui(self, interpreter: Interpreter, op: arith.MaxUIOp, args: PythonValues) -> Any:
        return _unsigned(interpreter, op, args, max)

    @impl(arith.MinSIOp)
    def run_minsi(self, interpreter: Interpreter, op: arith.MinSIOp, args: PythonValues) -> Any:
        return _signed(interpreter, op, args, min)

    @impl(arith.MaxSIOp)
    def run_maxsi(self, interpreter: Interpreter, op: arith.MaxSIOp, args: PythonValues) -> Any:
        return _signed(interpreter, op, args, max)

    @impl(arith.ShRUIOp)
    def run_shrui(self, interpreter: Interpreter, op: arith.ShRUIOp, args: PythonValues) -> Any:
        return _unsigned(interpreter, op, args, lambda a, b: a >> b)

    @impl(arith.ExtUIOp)
    def run_extui(self, interpreter: Interpreter, op: arith.ExtUIOp, args: PythonValues) -> Any:
        return (to_unsigned(args[0], _width(interpreter, op)),)

    @impl(arith.ExtSIOp)
    def run_extsi(self, interpreter: Interpreter, op: arith.ExtSIOp, args: PythonValues) -> Any:
        return (to_signed(args[0], _width(interpreter, op)),)

    @impl(arith.TruncIOp)
    def run_trunci(self, interpreter: Interpreter, op: arith.TruncIOp, args: PythonValues) -> Any:
        return (to_signed(args[0], op.result.type.bitwidth),)
