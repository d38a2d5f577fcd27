"""Integer arithmetic as C++, compiled for the host and compared with the rules of MLIR."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .oracles import needs_compiler
from .scalar_programs import compiled

_C_TYPES = {
    "i1": ctypes.c_bool,
    "i8": ctypes.c_int8,
    "i32": ctypes.c_int32,
    "i64": ctypes.c_int64,
    "index": ctypes.c_int64,
}
_WIDTHS = {"i1": 1, "i8": 8, "i32": 32, "i64": 64, "index": 64}


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
    "ceildivsi": lambda a, b, w: -(-a // b),
    "ceildivui": lambda a, b, w: -(-_unsigned(a, w) // _unsigned(b, w)),
    "floordivsi": lambda a, b, w: a // b,
    "shli": lambda a, b, w: a << b,
    "shrsi": lambda a, b, w: a >> b,
    "shrui": lambda a, b, w: _unsigned(a, w) >> b,
    "minsi": lambda a, b, w: min(a, b),
    "maxsi": lambda a, b, w: max(a, b),
    "minui": lambda a, b, w: min(_unsigned(a, w), _unsigned(b, w)),
    "maxui": lambda a, b, w: max(_unsigned(a, w), _unsigned(b, w)),
    "cmpi eq,": lambda a, b, w: a == b,
    "cmpi ne,": lambda a, b, w: a != b,
    "cmpi slt,": lambda a, b, w: a < b,
    "cmpi sle,": lambda a, b, w: a <= b,
    "cmpi sgt,": lambda a, b, w: a > b,
    "cmpi sge,": lambda a, b, w: a >= b,
    "cmpi ult,": lambda a, b, w: _unsigned(a, w) < _unsigned(b, w),
    "cmpi ule,": lambda a, b, w: _unsigned(a, w) <= _unsigned(b, w),
    "cmpi ugt,": lambda a, b, w: _unsigned(a, w) > _unsigned(b, w),
    "cmpi uge,": lambda a, b, w: _unsigned(a, w) >= _unsigned(b, w),
}


def _operands(op: str, width: int) -> Iterator[tuple[int, int]]:
    """Give pairs around every boundary for which the result is defined."""
    most, least = (1 << (width - 1)) - 1, -(1 << (width - 1))
    values = (-1, 0) if width == 1 else (least, least + 1, -100, -7, -1, 0, 1, 3, 100, most - 1, most)
    if op.startswith("sh"):
        return itertools.product(values, {0, min(1, width - 1), width // 2, width - 1})
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
    if op.startswith("cmpi"):
        return int(value)
    # A truth value is -1 in MLIR and 1 in C++.
    return value & 1 if width == 1 else _signed(value, width)


@needs_compiler
def test_operations_follow_mlir_for_all_signs_and_widths(tmp_path: Path) -> None:
    cases = {f"f{index}_{type_}": (op, type_) for (index, op), type_ in itertools.product(enumerate(_RULES), _C_TYPES)}
    text = "".join(_function(name, op, type_) for name, (op, type_) in cases.items())
    library = compiled(text, tmp_path)
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
        ("index_cast", "i32", "index", -5, -5),
        ("index_castui", "i32", "index", -5, 2**32 - 5),
        ("index_castui", "index", "i8", 300, 44),
        ("bitcast", "i32", "i32", -5, -5),
    ],
)
def test_conversions_follow_mlir(op: str, source: str, target: str, value: int, expected: int, tmp_path: Path) -> None:
    function = compiled(
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
    function = compiled(
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


def _low_first(value: int, width: int) -> tuple[int, int]:
    high, low = divmod(value, 1 << width)
    return low, high


_EXTENDED: dict[str, Callable[[int, int, int], tuple[int, int]]] = {
    "addui": lambda a, b, w: _low_first(_unsigned(a, w) + _unsigned(b, w), w),
    "mului": lambda a, b, w: _low_first(_unsigned(a, w) * _unsigned(b, w), w),
    "mulsi": lambda a, b, w: _low_first(a * b, w),
}


_WORDS = ("i1", "i8", "i32", "i64")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    text = ""
    for (op, type_), part in itertools.product(itertools.product(_EXTENDED, _WORDS), (0, 1)):
        types = [type_, "i1" if op == "addui" else type_]
        written = f"{types[0]}, {types[1]}" if op == "addui" else type_
        text += f"""func.func @{op}_{type_}_{part}(%a: {type_}, %b: {type_}) -> {types[part]} {{
          %r0, %r1 = arith.{op}_extended %a, %b : {written}
          return %r{part} : {types[part]}
        }}\n"""
    return compiled(text, tmp_path_factory.mktemp("extended"))


_VALUES = st.integers(-(2**63), 2**63 - 1) | st.sampled_from([0, 1, -1, 2**32 - 1, 2**32, 2**63 - 1, -(2**63)])


@needs_compiler
@given(op=st.sampled_from(list(_EXTENDED)), type_=st.sampled_from(_WORDS), a=_VALUES, b=_VALUES)
@settings(max_examples=2000, deadline=None)
def test_two_words_of_a_result(extended: ctypes.CDLL, op: str, type_: str, a: int, b: int) -> None:
    width = _WIDTHS[type_]
    a, b = _signed(a, width), _signed(b, width)
    found: list[int] = []
    for part in (0, 1):
        function = extended[f"{op}_{type_}_{part}"]
        function.argtypes = [_C_TYPES[type_]] * 2
        function.restype = ctypes.c_bool if op == "addui" and part else _C_TYPES[type_]
        found.append(function(a, b))
    widths = (width, 1 if op == "addui" else width)
    expected = [value % (1 << bits) for value, bits in zip(_EXTENDED[op](a, b, width), widths, strict=True)]
    assert [value % (1 << bits) for value, bits in zip(found, widths, strict=True)] == expected


@needs_compiler
@pytest.mark.parametrize("op", ["ceildivsi", "floordivsi", "ceildivui", "shli", "shrui"])
def test_constant_operands(tmp_path: Path, op: str) -> None:
    """A constant has no type in C++ that decides how many bits take part."""
    library = compiled(
        f"""func.func @right(%a: i64) -> i64 {{
          %c7 = arith.constant 7 : i64
          %r = arith.{op} %a, %c7 : i64
          return %r : i64
        }}
        func.func @left(%a: i64) -> i64 {{
          %c7 = arith.constant 7 : i64
          %r = arith.{op} %c7, %a : i64
          return %r : i64
        }}""",
        tmp_path,
    )
    for value in (*range(-30, 0), *range(1, 61)):
        for name, (a, b) in {"right": (value, 7), "left": (7, value)}.items():
            if op.startswith("sh") and b < 0:
                continue
            function = library[name]
            function.restype, function.argtypes = ctypes.c_int64, [ctypes.c_int64]
            assert function(value) == _signed(_RULES[op](a, b, 64), 64), (name, value)
