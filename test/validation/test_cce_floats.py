"""Floating-point arithmetic as C++, compiled for the host and compared with NumPy, bit by bit."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .oracles import needs_compiler
from .scalar_programs import compiled

pytestmark = needs_compiler

_WIDTHS = {"f32": 32, "f16": 16, "bf16": 16}
_C_WORDS = {32: ctypes.c_uint32, 16: ctypes.c_uint16}
_INTEGERS = {"i8": ctypes.c_int8, "i32": ctypes.c_int32, "i64": ctypes.c_int64}

_SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, 3.0, -2.5, math.inf, -math.inf, math.nan, 65504.0, 1e-7, 6e-8, 1e-45, 3e38)


def _float(bits: int, type_: str) -> float:
    match type_:
        case "f32":
            return float(np.uint32(bits).view(np.float32))
        case "f16":
            return float(np.uint16(bits).view(np.float16))
        case _:
            return float(np.uint32(bits << 16).view(np.float32))


def _bits(value: float, type_: str) -> int:
    """Round to a type, to nearest and ties to even, and give the bits."""
    with np.errstate(over="ignore"):
        match type_:
            case "f32":
                return int(np.float32(value).view(np.uint32))
            case "f16":
                return int(np.float16(value).view(np.uint16))
            case _:
                word = int(np.float32(value).view(np.uint32))
                return word >> 16 | 0x40 if math.isnan(value) else (word + 0x7FFF + (word >> 16 & 1)) >> 16


def _divided(a: float, b: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(a) / np.float64(b))


def _maximum(a: float, b: float) -> float:
    if math.isnan(a) or math.isnan(b):
        return math.nan
    return a if (a, math.copysign(1, a)) > (b, math.copysign(1, b)) else b


def _number(choose: Callable[[float, float], float]) -> Callable[[float, float], float]:
    def rule(a: float, b: float) -> float:
        if math.isnan(a) or math.isnan(b):
            return b if math.isnan(a) else a
        return choose(a, b)

    return rule


# Doubles have more than twice the digits of a float, so rounding twice changes nothing.
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "addf": lambda a, b: a + b,
    "subf": lambda a, b: a - b,
    "mulf": lambda a, b: a * b,
    "divf": _divided,
    "remf": lambda a, b: math.nan if math.isinf(a) or b == 0 else math.fmod(a, b),
    "maximumf": _maximum,
    "minimumf": lambda a, b: -_maximum(-a, -b),
    "maxnumf": _number(max),
    "minnumf": _number(min),
}

_PREDICATES: dict[str, Callable[[float, float], bool]] = {
    "eq": lambda a, b: a == b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "ne": lambda a, b: a != b,
}


def _unordered(a: float, b: float) -> bool:
    return math.isnan(a) or math.isnan(b)


def _compared(predicate: str, a: float, b: float) -> bool:
    match predicate:
        case "false" | "true":
            return predicate == "true"
        case "ord" | "uno":
            return _unordered(a, b) == (predicate == "uno")
        case _ if _unordered(a, b):
            return predicate.startswith("u")
        case _:
            return _PREDICATES[predicate[1:]](a, b)


_ALL_PREDICATES = ("false", "true", "ord", "uno", *(f"{kind}{name}" for kind in "ou" for name in _PREDICATES))


def _binary(name: str, op: str, type_: str) -> str:
    word = f"i{_WIDTHS[type_]}"
    result, value, ending = word, "%bits", f"%bits = arith.bitcast %r : {type_} to {word}"
    if op.startswith("cmpf"):
        result, value, ending = "i1", "%r", ""
    return f"""
    func.func @{name}(%a: {word}, %b: {word}) -> {result} {{
      %x = arith.bitcast %a : {word} to {type_}
      %y = arith.bitcast %b : {word} to {type_}
      %r = arith.{op} %x, %y : {type_}
      {ending}
      return {value} : {result}
    }}"""


def _same(bits: int, expected: float, type_: str) -> bool:
    if math.isnan(expected):
        return math.isnan(_float(bits, type_))
    return bits == _bits(expected, type_)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    text = "".join(
        [_binary(f"{op}_{type_}", op, type_) for op in _ARITHMETIC for type_ in _WIDTHS]
        + [_binary(f"cmpf_{each}_{type_}", f"cmpf {each},", type_) for each in _ALL_PREDICATES for type_ in _WIDTHS]
    )
    return compiled(text, tmp_path_factory.mktemp("floats"))


def _operand(type_: str) -> st.SearchStrategy[int]:
    special = st.sampled_from([_bits(value, type_) for value in _SPECIAL])
    return special | st.integers(0, (1 << _WIDTHS[type_]) - 1)


_typed_pairs = st.sampled_from(list(_WIDTHS)).flatmap(
    lambda type_: st.tuples(st.just(type_), _operand(type_), _operand(type_))
)


@given(op=st.sampled_from(list(_ARITHMETIC)), case=_typed_pairs)
@settings(max_examples=3000, deadline=None)
def test_arithmetic_rounds_once(library: ctypes.CDLL, op: str, case: tuple[str, int, int]) -> None:
    type_, a, b = case
    function = library[f"{op}_{type_}"]
    word = _C_WORDS[_WIDTHS[type_]]
    function.restype, function.argtypes = word, [word, word]
    x, y = _float(a, type_), _float(b, type_)
    found, expected = function(a, b), _ARITHMETIC[op](x, y)
    if op in ("maxnumf", "minnumf") and x == y == 0:
        return  # either zero will do
    assert _same(found, expected, type_), (op, type_, x, y, _float(found, type_), expected)


@given(predicate=st.sampled_from(_ALL_PREDICATES), case=_typed_pairs)
@settings(max_examples=2000, deadline=None)
def test_comparisons_know_what_is_unordered(library: ctypes.CDLL, predicate: str, case: tuple[str, int, int]) -> None:
    type_, a, b = case
    function = library[f"cmpf_{predicate}_{type_}"]
    word = _C_WORDS[_WIDTHS[type_]]
    function.restype, function.argtypes = ctypes.c_bool, [word, word]
    x, y = _float(a, type_), _float(b, type_)
    assert function(a, b) == _compared(predicate, x, y), (predicate, type_, x, y)


_CONSTANTS = [
    *((type_, value, _bits(value, type_)) for type_ in _WIDTHS for value in (0.1, -0.1, 0.0, -0.0, 1.0, 65504.0)),
    *(("f32", value, _bits(value, "f32")) for value in (1e-45, 3.0e38, 123456.789, 1.5e16)),
    ("f32", "0x7F800000", 0x7F800000),
    ("f32", "0xFF800000", 0xFF800000),
    ("f32", "0x7FC00000", 0x7FC00000),
    ("f16", "0x7C00", 0x7C00),
    ("f16", "0x7E00", 0x7E00),
    ("bf16", "0xFF80", 0xFF80),
    ("bf16", "0x7FC0", 0x7FC0),
]


def test_constants_keep_their_bits(tmp_path: Path) -> None:
    library = compiled(
        "".join(
            f"""func.func @constant{index}() -> i{_WIDTHS[type_]} {{
              %x = arith.constant {_spelled(value)} : {type_}
              %bits = arith.bitcast %x : {type_} to i{_WIDTHS[type_]}
              return %bits : i{_WIDTHS[type_]}
            }}\n"""
            for index, (type_, value, _) in enumerate(_CONSTANTS)
        ),
        tmp_path,
    )
    for index, (type_, value, bits) in enumerate(_CONSTANTS):
        function = library[f"constant{index}"]
        function.restype = _C_WORDS[_WIDTHS[type_]]
        assert function() == bits, (type_, value)


def _spelled(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.16e}"


@pytest.fixture(scope="module")
def conversions(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    to_float = [
        f"""func.func @{op}_{source}_{target}(%a: {source}) -> i{_WIDTHS[target]} {{
          %x = arith.{op} %a : {source} to {target}
          %bits = arith.bitcast %x : {target} to i{_WIDTHS[target]}
          return %bits : i{_WIDTHS[target]}
        }}\n"""
        for op in ("sitofp", "uitofp")
        for source in ("i1", *_INTEGERS)
        for target in _WIDTHS
    ]
    to_integer = [
        f"""func.func @{op}_{target}_{source}(%a: i{_WIDTHS[source]}) -> {target} {{
          %x = arith.bitcast %a : i{_WIDTHS[source]} to {source}
          %r = arith.{op} %x : {source} to {target}
          return %r : {target}
        }}\n"""
        for op in ("fptosi", "fptoui")
        for target in ("i1", *_INTEGERS)
        for source in _WIDTHS
    ]
    between = [
        f"""func.func @{source}_{target}(%a: i{_WIDTHS[source]}) -> i{_WIDTHS[target]} {{
          %x = arith.bitcast %a : i{_WIDTHS[source]} to {source}
          %y = arith.{op} %x : {source} to {target}
          %bits = arith.bitcast %y : {target} to i{_WIDTHS[target]}
          return %bits : i{_WIDTHS[target]}
        }}\n"""
        for op, source, target in [
            ("extf", "f16", "f32"),
            ("extf", "bf16", "f32"),
            ("truncf", "f32", "f16"),
            ("truncf", "f32", "bf16"),
        ]
    ]
    return compiled("".join((*to_float, *to_integer, *between)), tmp_path_factory.mktemp("conversions"))


@given(
    op=st.sampled_from(["sitofp", "uitofp"]),
    source=st.sampled_from(list(_INTEGERS)),
    target=st.sampled_from(list(_WIDTHS)),
    value=st.integers(-(2**63), 2**63 - 1),
)
@settings(max_examples=2000, deadline=None)
def test_integers_become_the_nearest_float(
    conversions: ctypes.CDLL, op: str, source: str, target: str, value: int
) -> None:
    function = conversions[f"{op}_{source}_{target}"]
    function.restype, function.argtypes = _C_WORDS[_WIDTHS[target]], [_INTEGERS[source]]
    width = int(source[1:])
    number = value % (1 << width)
    if op == "sitofp" and number >> (width - 1):
        number -= 1 << width
    # Two roundings, the first to a float, are what LLVM does for short types as well.
    single = float(np.float32(np.int64(number) if op == "sitofp" else np.uint64(number)))
    assert function(value) == _bits(single, target)


def test_truth_values_become_floats(conversions: ctypes.CDLL) -> None:
    for op, expected in [("sitofp", -1.0), ("uitofp", 1.0)]:
        for target, width in _WIDTHS.items():
            function = conversions[f"{op}_i1_{target}"]
            function.restype, function.argtypes = _C_WORDS[width], [ctypes.c_bool]
            assert (function(False), function(True)) == (_bits(0.0, target), _bits(expected, target))


@given(
    op=st.sampled_from(["fptosi", "fptoui"]),
    source=st.sampled_from(list(_WIDTHS)),
    target=st.sampled_from(list(_INTEGERS)),
    value=st.floats(-(2**63), 2**64, allow_nan=False, width=32),
)
@settings(max_examples=2000, deadline=None)
def test_floats_become_integers_towards_zero(
    conversions: ctypes.CDLL, op: str, source: str, target: str, value: float
) -> None:
    bits = _bits(value, source)
    value, width = _float(bits, source), int(target[1:])
    least, most = (-(1 << (width - 1)), 1 << (width - 1)) if op == "fptosi" else (0, 1 << width)
    if not least <= value < most:
        value = _float(_bits(math.fmod(value, 100.0) if math.isfinite(value) else 1.0, source), source)
        value = abs(value) if op == "fptoui" else value
        bits = _bits(value, source)
    function = conversions[f"{op}_{target}_{source}"]
    function.restype, function.argtypes = _INTEGERS[target], [_C_WORDS[_WIDTHS[source]]]
    assert function(bits) % (1 << width) == math.trunc(value) % (1 << width)


@given(bits=st.integers(0, 2**32 - 1), target=st.sampled_from(["f16", "bf16"]))
@settings(max_examples=2000, deadline=None)
def test_widths_change_by_rounding(conversions: ctypes.CDLL, bits: int, target: str) -> None:
    narrow, widen = conversions[f"f32_{target}"], conversions[f"{target}_f32"]
    narrow.restype, narrow.argtypes = ctypes.c_uint16, [ctypes.c_uint32]
    widen.restype, widen.argtypes = ctypes.c_uint32, [ctypes.c_uint16]
    found = narrow(bits)
    assert _same(found, _float(bits, "f32"), target)
    assert _same(widen(found), _float(found, target), "f32")


def test_a_choice_and_a_sign(tmp_path: Path) -> None:
    function = compiled(
        """func.func @choose(%p: i1, %x: f32, %y: f32) -> f32 {
          %minus = arith.negf %x : f32
          %r = arith.select %p, %minus, %y : f32
          return %r : f32
        }""",
        tmp_path,
    ).choose
    function.restype, function.argtypes = ctypes.c_float, [ctypes.c_bool, ctypes.c_float, ctypes.c_float]
    assert struct.pack("f", function(True, 0.0, 1.0)) == struct.pack("f", -0.0)
    assert function(False, 2.0, 1.0) == 1.0
