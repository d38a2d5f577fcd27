"""Vector kernels compute the same as values, as bytes in the memories of the chip, and as compiled C++.

Integers and exactly rounded floats are equal. Exponentials, logarithms and roots of 16-bit floats may differ by four
units in the last place, sums and products of many numbers by as much as their order makes; the remainder of floats is
rounded after each of three steps on the chip.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.dtypes import Array
from tilewright.execution.runner import Engine

from .oracles import needs_compiler, needs_ptoas, parse
from .vector_kernels import Kernel, accepted, lowered, results, sample

FLOATS = ("f32", "f16", "bf16")
SIGNED = ("i8", "i16", "i32")
NUMBERS = (*FLOATS, *SIGNED, "ui8")


def _tile(shape: str, element: str) -> str:
    return f"{shape}x{element}"


def _binary(op: str, element: str, left: str, right: str, result: str = "16x64") -> Kernel:
    """An op on tiles of these shapes; an empty shape is a scalar."""
    kinds = {name: _tile(shape, element) for name, shape in (("a", left), ("b", right)) if shape}
    types = [f"T({kinds[name]})" if name in kinds else element for name in ("a", "b")]
    scalars = {name: (element, 3.0 if element in FLOATS else 3) for name in ("a", "b") if name not in kinds}
    body = f"%o = tile.{op} %a, %b : {types[0]}, {types[1]} -> T({_tile(result, element)})"
    return Kernel(kinds, body, {"o": _tile(result, element)}, scalars)


def _unary(op: str, before: str, after: str) -> Kernel:
    return Kernel({"a": before}, f"%o = tile.{op} %a : T({before}) -> T({after})", {"o": after})


def _compare(predicate: str, element: str) -> Kernel:
    kind = _tile("16x64", element)
    body = f"""%m = tile.compare {predicate} %a, %b : T({kind}), T({kind}) -> T(16x64xi1)
%n = tile.not %m : T(16x64xi1) -> T(16x64xi1)
%o = tile.select %n, %a, %b : T(16x64xi1), T({kind}), T({kind}) -> T({kind})"""
    return Kernel({"a": kind, "b": kind}, body, {"o": kind})


def _shaping(element: str) -> Iterator[tuple[str, Kernel]]:
    kind, part = _tile("16x64", element), _tile("8x32", element)
    middle = "%c32 = arith.constant 32 : index\n"
    for shape in ("16x1", "1x64", "1x1"):
        yield f"expand-{shape}", _unary("expand", _tile(shape, element), kind)
    yield "transpose", _unary("transpose", _tile("32x64", element), _tile("64x32", element))
    yield "transpose-column", _unary("transpose", _tile("16x1", element), _tile("1x16", element))
    yield "reshape", _unary("reshape", kind, _tile("1x1024", element))
    for value in ("zero", "min", "max"):
        yield f"fill-{value}", _unary(f"fill_pad {value}", f"{kind}, valid = 9x50", kind)
    concat = f"%o = tile.concat %a, %b : T({kind}), T({kind}) -> T({_tile('16x128', element)})"
    yield "concat", Kernel({"a": kind, "b": kind}, concat, {"o": _tile("16x128", element)})
    insert = f"{middle}%o = tile.insert %b into %a[%c0, %c32] : T({part}) into T({kind}) -> T({kind})"
    yield "insert", Kernel({"a": kind, "b": part}, insert, {"o": kind})
    yield (
        "extract",
        Kernel({"a": kind}, f"{middle}%o = tile.extract %a[%c0, %c32] : T({kind}) -> T({part})", {"o": part}),
    )
    number = "-3.0" if element in FLOATS else "3"
    yield "full", Kernel({}, f"%o = tile.full {number} : {element} : T({kind})", {"o": kind})


_Case = tuple[str, Kernel, tuple[float, float]]
_WIDE, _NARROW, _SHIFTS = (-100.0, 100.0), (-4.0, 4.0), (0.0, 7.0)
_SHAPES = (("16x64", "16x64"), ("16x64", "16x1"), ("16x1", "16x64"), ("16x64", "1x64"), ("1x64", "16x64"))


def _arithmetic(element: str) -> Iterator[_Case]:
    for op in ("add", "sub", "mul", "max", "min"):
        for left, right in _SHAPES:
            yield f"{op}-{left}-{right}-{element}", _binary(op, element, left, right), _WIDE
        yield f"{op}-columns-{element}", _binary(op, element, "16x1", "16x1", "16x1"), _WIDE
        if element != "ui8":
            yield f"{op}-scalar-{element}", _binary(op, element, "16x64", ""), _WIDE
            yield f"{op}-of-scalar-{element}", _binary(op, element, "", "16x64"), _WIDE
    if element not in ("i32", "ui8"):
        yield f"div-{element}", _binary("div", element, "16x64", "16x64"), _WIDE
        yield f"div-row-{element}", _binary("div", element, "16x64", "16x1"), _WIDE
        yield f"argmax-{element}", _unary("row_argmax", _tile("16x64", element), "16x1xi32"), _NARROW


def _casts(element: str) -> Iterator[_Case]:
    for other in [each for each in NUMBERS if each != element]:
        for mode in ("rint", "floor", "round") if element in FLOATS else ("rint",):
            kernel = _unary(f"cast {mode}", _tile("16x64", element), _tile("16x64", other))
            yield f"cast-{mode}-{element}-{other}", kernel, (-300.0, 300.0)


def _integers(element: str) -> Iterator[_Case]:
    kind = _tile("16x64", element)
    for op in ("and", "or", "xor"):
        yield f"{op}-{element}", _binary(op, element, "16x64", "16x64"), _WIDE
    for op in ("shl", "shr"):
        yield f"{op}-{element}", _binary(op, element, "16x64", "16x64"), _SHIFTS
    for op in ("not",) if element == "ui8" else ("not", "neg", "abs", "relu"):
        yield f"{op}-{element}", _unary(op, kind, kind), _WIDE


def _reductions(element: str) -> Iterator[_Case]:
    for op in ("max", "min") if element in FLOATS else ("max", "min", "sum"):
        for axis, shape in (("row", "16x1"), ("col", "1x64")):
            kernel = _unary(f"{axis}_{op}", _tile("16x64", element), _tile(shape, element))
            yield f"{axis}_{op}-{element}", kernel, _WIDE


def _exact() -> Iterator[_Case]:
    for element in NUMBERS:
        yield from _arithmetic(element)
        yield from _casts(element)
        for predicate in ("eq", "ne", "lt", "le", "gt", "ge"):
            yield f"{predicate}-{element}", _compare(predicate, element), _NARROW
        for name, kernel in _shaping(element):
            yield f"{name}-{element}", kernel, _WIDE
    for element in (*SIGNED, "ui8"):
        yield from _integers(element)
    for element in (*FLOATS, *SIGNED):
        yield from _reductions(element)


def _close() -> Iterator[tuple[str, Kernel, int]]:
    """Kernels and by how many units in the last place their results may differ."""
    for element in FLOATS:
        kind = _tile("16x64", element)
        for op, units in (("exp", 2), ("log", 4), ("sqrt", 0), ("rsqrt", 1), ("recip", 0)):
            yield f"{op}-{element}", _unary(op, kind, kind), units
        for op in ("sum", "prod"):
            yield f"row_{op}-{element}", _unary(f"row_{op}", kind, _tile("16x1", element)), 16
            yield f"col_{op}-{element}", _unary(f"col_{op}", kind, _tile("1x64", element)), 16


EXACT = {name: (kernel, limits) for name, kernel, limits in _exact()}
CLOSE = {name: (kernel, units) for name, kernel, units in _close()}
NATIVE = [name for name in EXACT if name.endswith(("-f32", "-bf16", "-i8"))][::25]


@pytest.mark.parametrize("name", EXACT)
def test_physical_is_value(name: str) -> None:
    kernel, limits = EXACT[name]
    data = sample(kernel.inputs, 1, limits)
    for value, physical in zip(
        results(kernel, data, Engine.VALUE), results(kernel, data, Engine.PHYSICAL), strict=True
    ):
        np.testing.assert_array_equal(physical, value)


@pytest.mark.parametrize("name", CLOSE)
def test_physical_is_near_value(name: str) -> None:
    kernel, units = CLOSE[name]
    data = sample(kernel.inputs, 1, (0.7, 1.4))
    (value,), (physical,) = (results(kernel, data, engine) for engine in (Engine.VALUE, Engine.PHYSICAL))
    assert _units_apart(value, physical) <= units


@needs_compiler
@pytest.mark.parametrize("name", NATIVE)
def test_native_is_value(name: str) -> None:
    kernel, limits = EXACT[name]
    data = sample(kernel.inputs, 2, limits)
    (value,), (native,) = (results(kernel, data, engine) for engine in (Engine.VALUE, Engine.NATIVE))
    np.testing.assert_array_equal(native, value)


@needs_ptoas
@pytest.mark.parametrize("name", EXACT)
def test_ptoas_accepts(name: str, tmp_path: Path) -> None:
    accepted(lowered(parse(EXACT[name][0].text)), tmp_path)


@pytest.mark.parametrize(
    ("kernel", "code"),
    [
        (_binary("div", "i32", "16x64", "16x64"), "TW0313"),
        (_binary("add", "ui8", "16x64", ""), "TW0313"),
        (_unary("cast rint", "16x64xf32", "16x64xui32"), "TW0313"),
        (_unary("reshape", "8x12xf32", "1x96xf32"), "TW0315"),
    ],
)
def test_what_the_chip_does_not_have_is_refused(kernel: Kernel, code: str) -> None:
    with pytest.raises(DiagnosticError) as raised:
        lowered(parse(kernel.text))
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.help
    assert diagnostic.location is not None
    line = kernel.text.splitlines()[diagnostic.location.line - 1]
    assert "%o = tile." in line or "%b: ui8" in line


def _units_apart(one: Array, other: Array) -> int:
    """How many numbers of their type lie between floats, at most."""
    sign = 1 << (8 * one.itemsize - 1)
    places = [each.view(np.dtype(f"i{each.itemsize}")).astype(np.int64) for each in (one, other)]
    first, second = (np.where(each < 0, -sign - each, each) for each in places)
    return int(np.abs(first - second).max())
