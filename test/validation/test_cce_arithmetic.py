"""Integer arithmetic as C++, compiled for the host and compared with the rules of MLIR."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .oracles import emitted, needs_compiler, parse, shared_library

_C_TYPES = {"i8": ctypes.c_int8, "i32": ctypes.c_int32, "i64": ctypes.c_int64}
_WIDTHS = {"i8": 8, "i32": 32, "i64": 64}

# What the emitted text needs of the vendor's library when it holds nothing but arithmetic.
_PRELUDE = """
#define __global__
#define AICORE extern "C"
#define PIPE_ALL 0
namespace pto {}
inline void pipe_barrier(int) {}
"""


def _unsigned(value: int, width: int) -> int:
    return value % (1 << width)


def _signed(value: int, width: int) -> int:
    half = 1 << (width - 1)
    return (value + half) % (1 << width) - half


def _quotient(a: int, b: int) -> int:
    """Division that rounds towards zero."""
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


Rule = Callable[[int, int, int], int]

_RULES: dict[str, Rule] = {
    "addi": lambda a, b, w: a + b,
    "subi": lambda a, b, w: a - b,
    "muli": lambda a, b, w: a * b,
    "andi": lambda a, b, w: a & b,
    "ori": lambda a, b, w: a | b,
    "xori": lambda a, b, w: a ^ b,
    "divsi": lambda a, b, w: _quotient(a, b),
    "remsi": lambda a, b, w: a - b * _quotient(a, b),
    "divui": lambda a, b, w: _unsigned(a, w) // _unsigned(b, w),
    "remui": lambda a, b, w: _unsigned(a, w) % _unsigned(b, w),
    "shli": lambda a, b, w: a << b,
    "shrsi": lambda a, b, w: a >> b,
    "shrui": lambda a, b, w: _unsigned(a, w) >> b,
    "minsi": lambda a, b, w: min(a, b),
    "maxsi": lambda a, b, w: max(a, b),
    "minui": lambda a, b, w: min(_unsigned(a, w), _unsigned(b, w)),
    "maxui": lambda a, b, w: max(_unsigned(a, w), _unsigned(b, w)),
    "cmpi slt,": lambda a, b, w: a < b,
    "cmpi ule,": lambda a, b, w: _unsigned(a, w) <= _unsigned(b, w),
    "cmpi ne,": lambda a, b, w: a != b,
}


def _operands(op: str, width: int) -> Iterator[tuple[int, int]]:
    """Give pairs around every boundary for which the result is defined."""
    most, least = (1 << (width - 1)) - 1, -(1 << (width - 1))
    values = (least, least + 1, -100, -7, -1, 0, 1, 3, 100, most - 1, most)
    if op.startswith("sh"):
        return itertools.product(values, (0, 1, width // 2, width - 1))
    pairs = itertools.product(values, values)
    if "div" in op or "rem" in op:
        return ((a, b) for a, b in pairs if b != 0 and (a, b) != (least, -1))
    if width == 64 and op in ("addi", "subi", "muli"):
        # In 64 bits sums and products of addresses are taken not to overflow.
        return ((a, b) for a, b in pairs if max(abs(a), abs(b)) <= 100)
    return pairs


def _function(name: str, op: str, type_: str) -> str:
    result = "i1" if op.startswith("cmpi") else type_
    return f"""
    func.func @{name}(%a: {type_}, %b: {type_}) -> {result} {{
      %r = arith.{op} %a, %b : {type_}
      return %r : {result}
    }}"""


def _wrapped(op: str, value: int, width: int) -> int:
    return int(value) if op.startswith("cmpi") else _signed(value, width)


@needs_compiler
def test_operations_follow_mlir_for_all_signs_and_widths(tmp_path: Path) -> None:
    cases = {f"f{index}_{type_}": (op, type_) for (index, op), type_ in itertools.product(enumerate(_RULES), _C_TYPES)}
    text = "".join(_function(name, op, type_) for name, (op, type_) in cases.items())
    library = _compiled(text, tmp_path)
    wrong: list[str] = []
    for name, (op, type_) in cases.items():
        function = library[name]
        is_truth = op.startswith("cmpi")
        function.restype = ctypes.c_bool if is_truth else _C_TYPES[type_]
        function.argtypes = [_C_TYPES[type_]] * 2
        width = _WIDTHS[type_]
        for a, b in _operands(op, width):
            expected = _wrapped(op, _RULES[op](a, b, width), width)
            if function(a, b) != expected:
                wrong.append(f"{op} {a}, {b} : {type_} = {expected}, not {function(a, b)}")
    assert not wrong, "\n".join(wrong[:20])


@needs_compiler
@pytest.mark.parametrize(
    "op, source, target, value, expected",
    [
        ("extsi", "i8", "i64", -5, -5),
        ("extui", "i8", "i64", -5, 251),
        ("extui", "i32", "i64", -1, 2**32 - 1),
        ("trunci", "i64", "i8", 300, 44),
        ("trunci", "i64", "i32", 2**31, -(2**31)),
    ],
)
def test_conversions_follow_mlir(op: str, source: str, target: str, value: int, expected: int, tmp_path: Path) -> None:
    function = _compiled(
        f"""func.func @convert(%a: {source}) -> {target} {{
          %r = arith.{op} %a : {source} to {target}
          return %r : {target}
        }}""",
        tmp_path,
    ).convert
    function.restype, function.argtypes = _C_TYPES[target], [_C_TYPES[source]]
    assert function(value) == expected


@needs_compiler
def test_carried_values_are_exchanged(tmp_path: Path) -> None:
    function = _compiled(
        """func.func @fibonacci(%n: i64) -> i64 {
          %c0 = arith.constant 0 : i64
          %c1 = arith.constant 1 : i64
          %x, %y = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0, %b = %c1)
              -> (i64, i64) : i64 {
            %sum = arith.addi %a, %b : i64
            scf.yield %b, %sum : i64, i64
          }
          return %x : i64
        }""",
        tmp_path,
    ).fibonacci
    function.restype, function.argtypes = ctypes.c_int64, [ctypes.c_int64]
    assert [function(n) for n in range(8)] == [0, 1, 1, 2, 3, 5, 8, 13]


def _compiled(functions: str, folder: Path) -> ctypes.CDLL:
    """Compile helper functions; a kernel stands beside them, for it alone could not return."""
    text = f"func.func @kernel() attributes {{pto.entry}} {{ return }}\n{functions}"
    header = folder / "pto" / "pto-inst.hpp"
    header.parent.mkdir()
    header.write_text(_PRELUDE)
    cpp = emitted("cce", parse(text))
    # Undefined overflow traps instead of passing by luck.
    return shared_library(cpp, folder, "-std=c++20", "-O1", "-ftrapv", f"-I{folder}", "-include", "stdint.h")
