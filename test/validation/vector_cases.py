"""Kernels of one vector op each, for every element type that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .generated_programs import Generated, Output
from .vector_kernels import Kernel, sample

FLOATS = ("f32", "f16", "bf16")
SIGNED = ("i8", "i16", "i32")
INTEGERS = (*SIGNED, "ui8")
NUMBERS = (*FLOATS, *INTEGERS)

_WIDE, _NARROW, _SHIFTS, _NEAR_ONE = (-100.0, 100.0), (-4.0, 4.0), (0.0, 7.0), (0.7, 1.4)
_SHAPES = (("16x64", "16x64"), ("16x64", "16x1"), ("16x1", "16x64"), ("16x64", "1x64"), ("1x64", "16x64"))
_SORTED_WIDTH = {"f32": 2, "f16": 4}
"""Elements that hold a value and its index."""


@dataclass(frozen=True)
class Case:
    """A kernel with what its data are like.

    Attributes:
        name: the op and how it is used, without the element type.
        element: the element type that it is about.
        kernel: the program.
        limits: of the data.
        units: how many units in the last place engines may be apart.
        whole: whether floats are whole numbers.
    """

    name: str
    element: str
    kernel: Kernel
    limits: tuple[float, float] = _WIDE
    units: int = 0
    whole: bool = False

    @property
    def program(self) -> Generated:
        """The kernel with its arguments, for several engines."""
        data = sample(self.kernel.inputs, 1, self.limits)
        if self.whole:
            data = {name: np.rint(array).astype(array.dtype) for name, array in data.items()}
            for array in data.values():
                array[array == 0] = 3
        arguments = (*self.kernel.arrays(data), *(value for _, value in self.kernel.scalars.values()))
        first = len(self.kernel.inputs)
        outputs = [Output(first + number, None, ulp=self.units) for number in range(len(self.kernel.outputs))]
        return Generated("tile", self.kernel.text, arguments, tuple(outputs))


def cases() -> Iterator[Case]:
    """Every op, with every way to use it, for every element type."""
    for each in NUMBERS:
        yield from _arithmetic(each)
        yield from _comparisons(each)
        yield from _casts(each)
        yield from _shaping(each)
        if each in FLOATS:
            yield from _functions(each)
        else:
            yield from _integers(each)
        if each != "ui8":
            yield from _signed(each)
        if each in ("f32", "f16", "i16", "i32"):
            yield from _gathers(each)
        if each in _SORTED_WIDTH:
            yield from _sorting(each)


def selection() -> list[Case]:
    """Every op in every way, each for one of its element types; they take turns."""
    groups: dict[str, list[Case]] = {}
    for case in cases():
        groups.setdefault(case.name, []).append(case)
    return [group[number % len(group)] for number, group in enumerate(groups.values())]


def tile(shape: str, of: str) -> str:
    """A tile's extents and element type as text."""
    return f"{shape}x{of}"


def binary(op: str, of: str, left: str, right: str, result: str = "16x64") -> Kernel:
    """An op on tiles of these shapes; an empty shape is a scalar."""
    kinds = {name: tile(shape, of) for name, shape in (("a", left), ("b", right)) if shape}
    types = [f"T({kinds[name]})" if name in kinds else of for name in ("a", "b")]
    scalars = {name: (of, 3.0 if of in FLOATS else 3) for name in ("a", "b") if name not in kinds}
    body = f"%o = tile.{op} %a, %b : {types[0]}, {types[1]} -> T({tile(result, of)})"
    return Kernel(kinds, body, {"o": tile(result, of)}, scalars)


def unary(op: str, before: str, after: str) -> Kernel:
    """An op on one tile."""
    return Kernel({"a": before}, f"%o = tile.{op} %a : T({before}) -> T({after})", {"o": after})


def _arithmetic(of: str) -> Iterator[Case]:
    for op in ("add", "sub", "mul", "max", "min"):
        for left, right in _SHAPES:
            yield Case(f"{op}-{left}-{right}", of, binary(op, of, left, right))
        yield Case(f"{op}-columns", of, binary(op, of, "16x1", "16x1", "16x1"))
        if of != "ui8":
            yield Case(f"{op}-scalar", of, binary(op, of, "16x64", ""))
            yield Case(f"{op}-of-scalar", of, binary(op, of, "", "16x64"))
    if of in ("i32", "ui8"):
        return
    for op in ("div", "rem"):
        for left, right in (*_SHAPES[:2], ("", "16x64")):
            # The remainder of a negative float is a negative zero, and on the chip a positive one.
            limits = (1.0, 100.0) if op == "rem" and of in FLOATS else _WIDE
            yield Case(f"{op}-{left}-{right}", of, binary(op, of, left, right), limits, whole=op == "rem")


def _comparisons(of: str) -> Iterator[Case]:
    """What is chosen is never the same on both sides where the operands are equal."""
    kind, scalars = tile("16x64", of), {"b": (of, 2.0 if of in FLOATS else 2)}
    for predicate in ("eq", "ne", "lt", "le", "gt", "ge"):
        body = f"""%m = tile.compare {predicate} %a, %b : T({kind}), T({kind}) -> T(16x64xi1)
%n = tile.not %m : T(16x64xi1) -> T(16x64xi1)
%o = tile.select %n, %a, %c : T(16x64xi1), T({kind}), T({kind}) -> T({kind})"""
        three = {"a": kind, "b": kind, "c": kind}
        yield Case(predicate, of, Kernel(three, body, {"o": kind}), _NARROW, whole=True)
        if of == "ui8":
            continue
        two = {"a": kind, "c": kind}
        body = f"""%m = tile.compare {predicate} %a, %b : T({kind}), {of} -> T(16x64xi1)
%o = tile.select %m, %c, %b : T(16x64xi1), T({kind}), {of} -> T({kind})"""
        yield Case(f"{predicate}-scalar", of, Kernel(two, body, {"o": kind}, scalars), _NARROW, whole=True)
        body = f"""%m = tile.compare {predicate} %b, %a : {of}, T({kind}) -> T(16x64xi1)
%o = tile.select %m, %b, %c : T(16x64xi1), {of}, T({kind}) -> T({kind})"""
        yield Case(f"{predicate}-of-scalar", of, Kernel(two, body, {"o": kind}, scalars), _NARROW, whole=True)
        for left, right in _SHAPES[1:]:
            lhs, rhs = tile(left, of), tile(right, of)
            body = f"""%m = tile.compare {predicate} %a, %b : T({lhs}), T({rhs}) -> T(16x64xi1)
%o = tile.select %m, %a, %c : T(16x64xi1), T({lhs}), T({kind}) -> T({kind})"""
            kernel = Kernel({"a": lhs, "b": rhs, "c": kind}, body, {"o": kind})
            yield Case(f"{predicate}-{left}-{right}", of, kernel, _NARROW, whole=True)


def _casts(of: str) -> Iterator[Case]:
    modes = ("none", "rint", "floor", "ceil", "round", "trunc") if of in FLOATS else ("rint",)
    for other in [each for each in NUMBERS if each != of]:
        for mode in modes:
            kernel = unary(f"cast {mode}", tile("16x64", of), tile("16x64", other))
            yield Case(f"cast-{mode}-to-{other}", of, kernel, (-300.0, 300.0))
            if mode == "rint" and of in ("f32", "i32"):
                yield Case(f"cast-large-to-{other}", of, kernel, (-90000.0, 90000.0))


def _integers(of: str) -> Iterator[Case]:
    kind = tile("16x64", of)
    for op, limits in (("and", _WIDE), ("or", _WIDE), ("xor", _WIDE), ("shl", _SHIFTS), ("shr", _SHIFTS)):
        yield Case(op, of, binary(op, of, "16x64", "16x64"), limits)
        if of != "ui8":
            yield Case(f"{op}-scalar", of, binary(op, of, "16x64", ""), limits)
    yield Case("not", of, unary("not", kind, kind))
    if of in ("i16", "i32"):
        body = f"%o = tile.iota %x : {of} -> T({tile('1x64', of)})"
        yield Case("iota", of, Kernel({}, body, {"o": tile("1x64", of)}, {"x": (of, 7)}))


def _signed(of: str) -> Iterator[Case]:
    kind = tile("16x64", of)
    for op in ("neg", "abs", "relu"):
        yield Case(op, of, unary(op, kind, kind))
    for axis, shape in (("row", "16x1"), ("col", "1x64")):
        for op in ("max", "min"):
            yield Case(f"{axis}_{op}", of, unary(f"{axis}_{op}", kind, tile(shape, of)))
        for op in ("sum", "prod"):
            limits, units = (_NEAR_ONE, 16) if of in FLOATS else (_NARROW, 0)
            yield Case(f"{axis}_{op}", of, unary(f"{axis}_{op}", kind, tile(shape, of)), limits, units)
        # Exact in f32: what is rounded is rounded once, half of it from between two neighbours.
        yield Case(f"{axis}_sum-whole", of, unary(f"{axis}_sum", kind, tile(shape, of)), (20.0, 100.0), whole=True)
    if of != "i32":
        for op in ("argmax", "argmin"):
            yield Case(f"row_{op}", of, unary(f"row_{op}", kind, "16x1xi32"), _NARROW)
    body = f"%o = tile.splat %x : {of} -> T({kind})"
    yield Case("splat", of, Kernel({}, body, {"o": kind}, {"x": (of, 7.0 if of in FLOATS else 7)}))
    body = f"""%c1 = arith.constant 1 : index
%x = tile.read %a[%c1, %c1] : T({kind}) -> {of}
tile.write %x, %o_t[%c0, %c1] : {of}, !tile.tensor<{kind}>
%y = tile.read %a_t[%c0, %c1] : !tile.tensor<{kind}> -> {of}
%z = tile.read %o_t[%c0, %c1] : !tile.tensor<{kind}> -> {of}
%s = tile.splat %y : {of} -> T({kind})
%t = tile.max %s, %z : T({kind}), {of} -> T({kind})
%o = tile.add %t, %a : T({kind}), T({kind}) -> T({kind})"""
    yield Case("read-write", of, Kernel({"a": kind}, body, {"o": kind}))


def _functions(of: str) -> Iterator[Case]:
    for op, units in (("exp", 2), ("log", 4), ("sqrt", 0), ("rsqrt", 1), ("recip", 0)):
        yield Case(op, of, unary(op, tile("16x64", of), tile("16x64", of)), _NEAR_ONE, units)


def _shaping(of: str) -> Iterator[Case]:
    kind, part = tile("16x64", of), tile("8x32", of)
    middle = "%c32 = arith.constant 32 : index\n"
    for shape in ("16x1", "1x64", "1x1"):
        yield Case(f"expand-{shape}", of, unary("expand", tile(shape, of), kind))
    yield Case("transpose", of, unary("transpose", tile("32x64", of), tile("64x32", of)))
    yield Case("transpose-column", of, unary("transpose", tile("16x1", of), tile("1x16", of)))
    yield Case("reshape", of, unary("reshape", kind, tile("1x1024", of)))
    for value in ("zero", "min", "max"):
        yield Case(f"fill-{value}", of, unary(f"fill_pad {value}", f"{kind}, valid = 9x50", kind))
    wide = tile("16x128", of)
    concat = f"%o = tile.concat %a, %b : T({kind}), T({kind}) -> T({wide})"
    yield Case("concat", of, Kernel({"a": kind, "b": kind}, concat, {"o": wide}))
    insert = f"{middle}%o = tile.insert %b into %a[%c0, %c32] : T({part}) into T({kind}) -> T({kind})"
    yield Case("insert", of, Kernel({"a": kind, "b": part}, insert, {"o": kind}))
    extract = f"{middle}%o = tile.extract %a[%c0, %c32] : T({kind}) -> T({part})"
    yield Case("extract", of, Kernel({"a": kind}, extract, {"o": part}))
    number = "-3.0" if of in FLOATS else "3"
    yield Case("full", of, Kernel({}, f"%o = tile.full {number} : {of} : T({kind})", {"o": kind}))


def _gathers(of: str) -> Iterator[Case]:
    kind = tile("16x64", of)
    body = f"%o = tile.gather %a[%i] : T({kind})[T(16x32xi32)] -> T({tile('16x32', of)})"
    yield Case("gather", of, Kernel({"a": kind, "i": "16x32xi32"}, body, {"o": tile("16x32", of)}), (0.0, 60.0))
    for pattern, columns in (("P0101", 32), ("P1010", 32), ("P0001", 16), ("P1000", 16)):
        kept = tile(f"16x{columns}", of)
        yield Case(f"gather-mask-{pattern}", of, unary(f"gather_mask {pattern}", kind, kept))


def _sorting(of: str) -> Iterator[Case]:
    width = _SORTED_WIDTH[of]
    yield Case("sort", of, _sorted(of, ("a",), 256, width, " blocks(64)"))
    yield Case("merge-two", of, _sorted(of, ("a", "b"), 32, width))
    yield Case("merge-four", of, _sorted(of, ("a", "b", "c", "d"), 64, width))


def _sorted(of: str, names: Sequence[str], length: int, width: int, blocks: str = "") -> Kernel:
    """Sort 32 numbers at a time and merge: the blocks of one list, or several lists."""
    kind, pairs = tile(f"1x{length}", of), tile(f"1x{length * width}", of)
    whole = tile(f"1x{len(names) * length * width}", of)
    lines = ["%z = arith.constant 0 : i32", f"%i = tile.iota %z : i32 -> T(1x{length}xi32)"]
    for name in names:
        lines.append(f"%{name}s = tile.sort32 %{name}, %i : T({kind}), T(1x{length}xi32) -> T({pairs})")
    runs, types = ", ".join(f"%{name}s" for name in names), ", ".join([f"T({pairs})"] * len(names))
    lines.append(f"%o = tile.merge_sort {runs}{blocks} : {types} -> T({whole})")
    return Kernel(dict.fromkeys(names, kind), "\n".join(lines), {"o": whole})
