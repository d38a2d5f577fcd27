"""Whole vector kernels: loops, branches, pipelines, valid parts that only the launch knows, and views of tensors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tilewright.execution.dtypes import DTYPES, Array

from .generated_programs import Generated, Output


@dataclass(frozen=True)
class Module:
    """A module with the function `@kernel`.

    Attributes:
        tensors: shapes and element types of its first arguments, such as `16x64xf32`, by their names.
        body: its code; `T(…)` stands for a tile type, `N(…)` for a tensor type, `%c3` for the index 3.
        scalars: types and values of its other arguments.
        units: how many units in the last place results may differ between engines.
        limits: of the data.
    """

    tensors: Mapping[str, str]
    body: str
    scalars: Mapping[str, tuple[str, float]] = field(default_factory=dict[str, tuple[str, float]])
    units: int = 0
    limits: tuple[float, float] = (-2.0, 2.0)

    @property
    def text(self) -> str:
        """The module as text."""
        arguments = [f"%{name}: N({kind})" for name, kind in self.tensors.items()]
        arguments += [f"%{name}: {kind}" for name, (kind, _) in self.scalars.items()]
        constants = [f"%c{n} = arith.constant {n} : index" for n in sorted(set(re.findall(r"%c(\d+)\b", self.body)))]
        lines = [f"func.func @kernel({', '.join(arguments)}) {{", *constants, self.body.strip(), "func.return", "}"]
        return re.sub(r"\b([TN])\(([^()]*)\)", _spelled, "\n".join(lines))

    @property
    def program(self) -> Generated:
        """The module with its arguments, for several engines."""
        arrays = self.arrays()
        outputs = tuple(Output(position, None, ulp=self.units) for position in range(len(arrays)))
        return Generated("tile", self.text, (*arrays, *(value for _, value in self.scalars.values())), outputs)

    def arrays(self) -> list[Array]:
        """Random data, always the same."""
        random = np.random.default_rng(3)
        return [_data(random, kind, self.limits) for kind in self.tensors.values()]


def _spelled(found: re.Match[str]) -> str:
    return f"!tile.{'tile' if found[1] == 'T' else 'tensor'}<{found[2]}>"


def _data(random: np.random.Generator, kind: str, limits: tuple[float, float]) -> Array:
    *extents, element = kind.split("x")
    dtype = DTYPES[element]
    numbers = random.uniform(*limits, [int(extent) for extent in extents])
    return (np.rint(numbers) if dtype.kind in "iu" else numbers).astype(np.float32).astype(dtype)


_F32 = "16x64xf32"

_SWAP = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%y = tile.load %b[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%older, %newer = scf.for %i = %c0 to %n step %c1 iter_args(%u = %x, %v = %y) -> (T(16x64xf32), T(16x64xf32)) {
  %w = tile.add %u, %v : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  scf.yield %v, %w : T(16x64xf32), T(16x64xf32)
}
%first, %second = scf.for %i = %c0 to %n step %c1 iter_args(%u = %older, %v = %newer)
    -> (T(16x64xf32), T(16x64xf32)) {
  scf.yield %v, %u : T(16x64xf32), T(16x64xf32)
}
tile.store %first, %a[%c0, %c0] : T(16x64xf32), N(16x64xf32)
tile.store %second, %b[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""

_PIPELINE = """
%start = tile.full 0.5 : f32 : T(16x64xf32)
%total = tile.pipeline stages(2) %i = %c0 to %n step %c16 iter_args(%sum = %start) -> (T(16x64xf32)) {
  %x = tile.load %a[%i, %c0] : N(64x64xf32) -> T(16x64xf32)
  %y = tile.mul %x, %x : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  %more = tile.add %sum, %y : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  tile.store %y, %a[%i, %c0] : T(16x64xf32), N(64x64xf32)
  tile.yield %more : T(16x64xf32)
}
tile.store %total, %o[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""

_BRANCH = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%y = tile.load %b[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%is_first = arith.cmpi eq, %n, %c0 : index
%r = scf.if %is_first -> (T(16x64xf32)) {
  scf.yield %x : T(16x64xf32)
} else {
  %w = tile.sub %y, %x : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  tile.store %w, %a[%c0, %c0] : T(16x64xf32), N(16x64xf32)
  scf.yield %w : T(16x64xf32)
}
%s = tile.max %r, %y : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
tile.store %s, %b[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""

_WHILE = """
%x = tile.load %a[%c0, %c0] : N(16x64xf16) -> T(16x64xf16)
%turns, %last = scf.while (%i = %c0, %u = %x) : (index, T(16x64xf16)) -> (index, T(16x64xf16)) {
  %goes_on = arith.cmpi slt, %i, %n : index
  scf.condition(%goes_on) %i, %u : index, T(16x64xf16)
} do {
^bb0(%i: index, %u: T(16x64xf16)):
  %j = arith.addi %i, %c1 : index
  %w = tile.add %u, %x : T(16x64xf16), T(16x64xf16) -> T(16x64xf16)
  scf.yield %j, %w : index, T(16x64xf16)
}
tile.store %last, %a[%c0, %c0] : T(16x64xf16), N(16x64xf16)
"""

_SOFTMAX = """
%x = tile.load %a[%c0, %c0] valid(%n, %m) : N(16x64xf32) -> T(16x64xf32, valid = ?x?)
%most = tile.row_max %x : T(16x64xf32, valid = ?x?) -> T(16x1xf32, valid = ?x1)
%low = tile.sub %x, %most : T(16x64xf32, valid = ?x?), T(16x1xf32, valid = ?x1) -> T(16x64xf32, valid = ?x?)
%e = tile.exp %low : T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
%sum = tile.row_sum %e : T(16x64xf32, valid = ?x?) -> T(16x1xf32, valid = ?x1)
%r = tile.div %e, %sum : T(16x64xf32, valid = ?x?), T(16x1xf32, valid = ?x1) -> T(16x64xf32, valid = ?x?)
tile.store %r, %o[%c0, %c0] : T(16x64xf32, valid = ?x?), N(16x64xf32)
"""

_CLAMP = """
%x = tile.load %a[%c0, %c0] : N(16x64xf16) -> T(16x64xf16)
%y = tile.set_valid %x[%n, %m] : T(16x64xf16) -> T(16x64xf16, valid = ?x?)
%k = tile.compare gt %y, %z : T(16x64xf16, valid = ?x?), f16 -> T(16x64xi1, valid = ?x?)
%g = tile.select %k, %y, %z : T(16x64xi1, valid = ?x?), T(16x64xf16, valid = ?x?), f16
  -> T(16x64xf16, valid = ?x?)
%f = tile.fill_pad max %g : T(16x64xf16, valid = ?x?) -> T(16x64xf16)
tile.store %f, %o[%c0, %c0] : T(16x64xf16), N(16x64xf16)
"""

_COLUMN = """
%x = tile.load %a[%i, %c3] : N(64x8xf32) -> T(16x1xf32)
%y = tile.load %b[%i, %c0] : N(64x1xf32) -> T(16x1xf32)
%z = tile.mul %x, %y : T(16x1xf32), T(16x1xf32) -> T(16x1xf32)
tile.store %z, %b[%i, %c0] : T(16x1xf32), N(64x1xf32)
tile.store %z, %a[%i, %c5] : T(16x1xf32), N(64x8xf32)
"""

_RANKS = """
%x = tile.load %a[%i, %c0, %c1, %c0] sizes [1, 32, 1, 64] : N(3x32x4x64xbf16) -> T(32x64xbf16)
%y = tile.load %b[%c64] sizes [64] : N(256xbf16) -> T(1x64xbf16)
%w = tile.load %o[%c1, %c0, %c64] sizes [2, 16, 64] : N(3x16x256xbf16) -> T(32x64xbf16)
%z = tile.add %x, %y : T(32x64xbf16), T(1x64xbf16) -> T(32x64xbf16)
%v = tile.add %z, %w : T(32x64xbf16), T(32x64xbf16) -> T(32x64xbf16)
tile.store %v, %o[%c1, %c0, %c128] sizes [2, 16, 64] : T(32x64xbf16), N(3x16x256xbf16)
"""

_VIEWS = """
%flat = tile.tensor_reshape %o : N(4x16x128xf32) -> N(64x128xf32)
%part = tile.view %flat[%i, %c64] : N(64x128xf32) -> N(32x64xf32)
%rows = tile.dim %part, 0 : N(32x64xf32)
%at = arith.subi %rows, %c16 : index
%x = tile.load %part[%c0, %c0] : N(32x64xf32) -> T(16x64xf32)
%y = tile.neg %x : T(16x64xf32) -> T(16x64xf32)
tile.store %y, %part[%at, %c0] : T(16x64xf32), N(32x64xf32)
"""

_ROPE = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%cos = tile.load %c[%c0, %c0] : N(1x32xf32) -> T(1x32xf32)
%sin = tile.load %s[%c0, %c0] : N(1x32xf32) -> T(1x32xf32)
%low = tile.extract %x[%c0, %c0] : T(16x64xf32) -> T(16x32xf32)
%high = tile.extract %x[%c0, %c32] : T(16x64xf32) -> T(16x32xf32)
%p = tile.mul %low, %cos : T(16x32xf32), T(1x32xf32) -> T(16x32xf32)
%q = tile.mul %high, %sin : T(16x32xf32), T(1x32xf32) -> T(16x32xf32)
%first = tile.sub %p, %q : T(16x32xf32), T(16x32xf32) -> T(16x32xf32)
%u = tile.mul %high, %cos : T(16x32xf32), T(1x32xf32) -> T(16x32xf32)
%v = tile.mul %low, %sin : T(16x32xf32), T(1x32xf32) -> T(16x32xf32)
%second = tile.add %u, %v : T(16x32xf32), T(16x32xf32) -> T(16x32xf32)
%r = tile.concat %first, %second : T(16x32xf32), T(16x32xf32) -> T(16x64xf32)
tile.store %r, %a[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""

_NESTED = """
scf.for %i = %c0 to %c64 step %c16 {
  %zero = tile.full 0 : i32 : T(16x1xi32)
  %least = tile.full -99 : i32 : T(16x1xi32)
  %sum, %most = scf.for %j = %c0 to %c64 step %c16 iter_args(%s = %zero, %m = %least) -> (T(16x1xi32), T(16x1xi32)) {
    %x = tile.load %a[%i, %j] : N(64x64xi32) -> T(16x16xi32)
    %part = tile.row_sum %x : T(16x16xi32) -> T(16x1xi32)
    %more = tile.add %s, %part : T(16x1xi32), T(16x1xi32) -> T(16x1xi32)
    %top = tile.row_max %x : T(16x16xi32) -> T(16x1xi32)
    %larger = tile.max %m, %top : T(16x1xi32), T(16x1xi32) -> T(16x1xi32)
    scf.yield %more, %larger : T(16x1xi32), T(16x1xi32)
  }
  %r = tile.mul %sum, %most : T(16x1xi32), T(16x1xi32) -> T(16x1xi32)
  tile.store %r, %o[%i, %c0] : T(16x1xi32), N(64x1xi32)
}
"""

_ODD = """
%x = tile.load %a[%c0, %c0] : N(5x37xf32) -> T(5x37xf32)
%y = tile.load %b[%c0, %c0] : N(5x1xf32) -> T(5x1xf32)
%z = tile.add %x, %y : T(5x37xf32), T(5x1xf32) -> T(5x37xf32)
%h = tile.cast rint %z : T(5x37xf32) -> T(5x37xf16)
%m = tile.row_max %h : T(5x37xf16) -> T(5x1xf16)
%s = tile.sub %h, %m : T(5x37xf16), T(5x1xf16) -> T(5x37xf16)
%t = tile.transpose %s : T(5x37xf16) -> T(37x5xf16)
tile.store %t, %o[%c0, %c0] : T(37x5xf16), N(37x5xf16)
"""

_ATOMIC = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
tile.store %x, %o[%c0, %c0] atomic add : T(16x64xf32), N(16x64xf32)
tile.store %x, %o[%c0, %c0] atomic add : T(16x64xf32), N(16x64xf32)
"""

_TOP = """
%z = arith.constant 0 : i32
%x = tile.load %a[%c0, %c0] : N(1x256xf32) -> T(1x256xf32)
%i = tile.iota %z : i32 -> T(1x256xi32)
%s = tile.sort32 %x, %i : T(1x256xf32), T(1x256xi32) -> T(1x512xf32)
%m = tile.merge_sort %s blocks(64) : T(1x512xf32) -> T(1x512xf32)
%v = tile.gather_mask P0101 %m : T(1x512xf32) -> T(1x256xf32)
%n = tile.gather_mask P1010 %m : T(1x512xf32) -> T(1x256xi32)
%p = tile.extract %v[%c0, %c0] : T(1x256xf32) -> T(1x8xf32)
tile.store %p, %o[%c0, %c0] : T(1x8xf32), N(1x8xf32)
tile.store %n, %k[%c0, %c0] : T(1x256xi32), N(1x256xi32)
"""


def _unsigned(bits: int) -> str:
    """Reads of a tensor, of a tile, and of an element that was written: of its highest bit no sign may come."""
    tensor, tile, number = f"N(8x32xui{bits})", f"T(8x32xui{bits})", f"i{bits}"
    lines = [
        f"%t = tile.load %a[%c0, %c0] : {tensor} -> {tile}",
        f"%least = tile.read %a[%c0, %c0] : {tensor} -> {number}",
        f"%one = arith.constant 1 : {number}",
        f"%less = arith.subi %one, %least : {number}",
        f"tile.write %less, %a[%c2, %c3] : {number}, {tensor}",
    ]
    places = (f"%a[%c0, %c1] : {tensor}", f"%t[%c1, %c2] : {tile}", f"%a[%c2, %c3] : {tensor}")
    for at, place in enumerate(places):
        lines += [
            f"%bits{at} = tile.read {place} -> {number}",
            f"%wide{at} = arith.extui %bits{at} : {number} to i64",
            f"tile.write %wide{at}, %o[%c0, %c{at}] : i64, N(1x4xi64)",
        ]
    return "\n".join(lines)


MODULES: Mapping[str, Module] = {
    "loop-swaps": Module({"a": _F32, "b": _F32}, _SWAP, {"n": ("index", 3)}),
    "loop-without-turns": Module({"a": _F32, "b": _F32}, _SWAP, {"n": ("index", 0)}),
    "pipeline": Module({"a": "64x64xf32", "o": _F32}, _PIPELINE, {"n": ("index", 64)}),
    "branch-one": Module({"a": _F32, "b": _F32}, _BRANCH, {"n": ("index", 0)}),
    "branch-other": Module({"a": _F32, "b": _F32}, _BRANCH, {"n": ("index", 1)}),
    "while": Module({"a": "16x64xf16"}, _WHILE, {"n": ("index", 4)}),
    "softmax-of-a-part": Module({"a": _F32, "o": _F32}, _SOFTMAX, {"n": ("index", 5), "m": ("index", 37)}, 4),
    "clamp-a-part": Module(
        {"a": "16x64xf16", "o": "16x64xf16"},
        _CLAMP,
        {"n": ("index", 5), "m": ("index", 37), "z": ("f16", 0.25)},
    ),
    "columns": Module({"a": "64x8xf32", "b": "64x1xf32"}, _COLUMN, {"i": ("index", 16)}),
    "ranks": Module({"a": "3x32x4x64xbf16", "b": "256xbf16", "o": "3x16x256xbf16"}, _RANKS, {"i": ("index", 2)}),
    "views": Module({"o": "4x16x128xf32"}, _VIEWS, {"i": ("index", 16)}),
    "rope": Module({"a": _F32, "c": "1x32xf32", "s": "1x32xf32"}, _ROPE),
    "nested": Module({"a": "64x64xi32", "o": "64x1xi32"}, _NESTED, limits=(-50.0, 50.0)),
    "odd-extents": Module({"a": "5x37xf32", "b": "5x1xf32", "o": "37x5xf16"}, _ODD),
    "nothing": Module({"a": _F32}, "%more = arith.addi %n, %c1 : index", {"n": ("index", 3)}),
    "atomic": Module({"a": _F32, "o": _F32}, _ATOMIC),
    **{
        f"unsigned-{bits}": Module({"a": f"8x32xui{bits}", "o": "1x4xi64"}, _unsigned(bits), limits=(129.0, 254.0))
        for bits in (8, 16, 32)
    },
    "top": Module({"a": "1x256xf32", "o": "1x8xf32", "k": "1x256xi32"}, _TOP),
}

ON_BLOCKS = Module(
    {"a": "64x64xbf16"},
    """
%i = task.block_index : index
%n = task.block_count : index
%half = task.subblock_index : index
%r = arith.muli %i, %c16 : index
%last = arith.subi %n, %c1 : index
%from = arith.subi %last, %i : index
%at = arith.muli %from, %c16 : index
%row = arith.addi %r, %half : index
%x = tile.load %a[%row, %c0] : N(64x64xbf16) -> T(16x32xbf16)
%y = tile.mul %x, %x : T(16x32xbf16), T(16x32xbf16) -> T(16x32xbf16)
tile.store %y, %a[%at, %c32] : T(16x32xbf16), N(64x64xbf16)
""",
)
"""Each block computes rows of its own."""
