"""A small program for each pass of `a2a3` that the other programs here hardly reach; the pass changes it.

A kernel that is compared has tensors only, and small numbers where it takes numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .odd_programs import PROGRAMS


@dataclass(frozen=True)
class PassProgram:
    """A program that a pass changes, and the pipeline in which it does."""

    text: str
    pipeline: str = "a2a3"


def _program(body: str, pipeline: str = "a2a3", **tensors: str) -> PassProgram:
    """A function on tensors; `T(16x64xi8)` stands for a tile type, `N(…)` for a tensor type, `%c3` for the index 3."""
    arguments = ", ".join([*(f"%{name}: N({kind})" for name, kind in tensors.items()), "%n: index"])
    numbers = sorted({int(number) for number in re.findall(r"%c(\d+)\b", body)})
    constants = "\n".join(f"%c{number} = arith.constant {number} : index" for number in numbers)
    text = f"func.func @kernel({arguments}) {{\n{constants}\n{body.strip()}\nfunc.return\n}}\n"
    text = re.sub(r"\bT\(([^()]*)\)", r"!tile.tile<\1>", text)
    return PassProgram(re.sub(r"\bN\(([^()]*)\)", r"!tile.tensor<\1>", text), pipeline)


_SUM = {"x": "16x256xi8", "w": "256x32xi8", "out": "16x32xi32"}
_TURN = "tile.matmul acc(%s){init} %a, %b : T(16x64xi8), T(64x32xi8) -> T(16x32xi32)"
_LOADS = """
%a = tile.load %x[%c0, %k] : N(16x256xi8) -> T(16x64xi8)
%b = tile.load %w[%k, %c0] : N(256x32xi8) -> T(64x32xi8)
"""
_STORE = "tile.store %sum, %out[%c0, %c0] : T(16x32xi32), N(16x32xi32)"

_SCOPES = """
scf.for %i = %c0 to %c4 step %c1 {
  %row = arith.muli %i, %c16 : index
  %part = tile.view %a[%row, %c0] : N(64x32xf32) -> N(16x32xf32)
  %first = task.scope "first" {
    %t = tile.load %part[%c0, %c0] : N(16x32xf32) -> T(16x32xf32)
    %u = tile.mul %t, %t : T(16x32xf32), T(16x32xf32) -> T(16x32xf32)
    tile.store %u, %b[%row, %c0] : T(16x32xf32), N(64x32xf32)
  }
  %second = task.scope "second" {
    %t = tile.load %b[%row, %c0] : N(64x32xf32) -> T(16x32xf32)
    %u = tile.load %part[%c0, %c0] : N(16x32xf32) -> T(16x32xf32)
    %v = tile.sub %t, %u : T(16x32xf32), T(16x32xf32) -> T(16x32xf32)
    tile.store %v, %part[%c0, %c0] : T(16x32xf32), N(16x32xf32)
  }
}
"""

_PLACED = """
%zero = tile.empty : T(16x32xi32, acc)
%sum = scf.for %k = %c0 to %c256 step %c64 iter_args(%s = %zero) -> (T(16x32xi32, acc)) {
  %a = tile.load %x[%c0, %k] : N(16x256xi8) -> T(16x64xi8, mat)
  %b = tile.load %w[%k, %c0] : N(256x32xi8) -> T(64x32xi8, mat)
  %l = tile.move %a : T(16x64xi8, mat) -> T(16x64xi8, left)
  %r = tile.move %b : T(64x32xi8, mat) -> T(64x32xi8, right)
  %first = arith.cmpi eq, %k, %c0 : index
  %t = tile.matmul acc(%s) init(%first) %l, %r : T(16x64xi8, left), T(64x32xi8, right) -> T(16x32xi32, acc)
  scf.yield %t : T(16x32xi32, acc)
}
tile.store %sum, %out[%c0, %c0] : T(16x32xi32, acc), N(16x32xi32)
"""

_TRANSPOSED = """
%whole = tile.load %x[%c0, %c0] : N(16x128xi8) -> T(16x32xi8)
%a = tile.set_valid %whole[%c5, %c32] : T(16x32xi8) -> T(16x32xi8, valid = 5x32)
%rows = tile.load %w[%c1, %c0, %c64] sizes [1, 64, 32] : N(2x64x128xi8) -> T(64x32xi8)
%b = tile.transpose %rows : T(64x32xi8) -> T(32x64xi8)
%r = tile.matmul %a, %b : T(16x32xi8, valid = 5x32), T(32x64xi8) -> T(16x64xi32, valid = 5x64)
tile.store %r, %out[%c0, %c0] : T(16x64xi32, valid = 5x64), N(16x64xi32)
"""

_CASTS = """
%a = tile.load %x[%c0, %c0] : N(16x32xbf16) -> T(16x32xbf16)
%b = tile.load %w[%c0, %c0] : N(32x32xbf16) -> T(32x32xbf16)
%r = tile.matmul %a, %b : T(16x32xbf16), T(32x32xbf16) -> T(16x32xf32)
%h = tile.cast rint %r : T(16x32xf32) -> T(16x32xbf16)
tile.store %h, %out[%c0, %c0] : T(16x32xbf16), N(16x32xbf16)
"""

_STARTS = f"""
%empty = tile.empty : T(16x32xi32)
%sum = scf.for %k = %c0 to %c256 step %c64 iter_args(%s = %empty) -> (T(16x32xi32)) {{
  %first = arith.cmpi eq, %k, %c0 : index
  {_LOADS}
  %t = scf.if %first -> (T(16x32xi32)) {{
    %p = tile.matmul %a, %b : T(16x64xi8), T(64x32xi8) -> T(16x32xi32)
    scf.yield %p : T(16x32xi32)
  }} else {{
    %p = {_TURN.format(init="")}
    scf.yield %p : T(16x32xi32)
  }}
  scf.yield %t : T(16x32xi32)
}}
{_STORE}
"""

_COUNTED = f"""
%empty = tile.empty : T(16x32xi32)
%sum = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %empty) -> (T(16x32xi32)) {{
  %k = arith.muli %i, %c64 : index
  {_LOADS}
  %first = arith.cmpi eq, %i, %c0 : index
  %t = {_TURN.format(init=" init(%first)")}
  scf.yield %t : T(16x32xi32)
}}
{_STORE}
"""

_PEELED = f"""
%a0 = tile.load %x[%c0, %c0] : N(16x256xi8) -> T(16x64xi8)
%b0 = tile.load %w[%c0, %c0] : N(256x32xi8) -> T(64x32xi8)
%s0 = tile.matmul %a0, %b0 : T(16x64xi8), T(64x32xi8) -> T(16x32xi32)
%sum = scf.for %k = %c64 to %c256 step %c64 iter_args(%s = %s0) -> (T(16x32xi32)) {{
  {_LOADS}
  %t = {_TURN.format(init="")}
  scf.yield %t : T(16x32xi32)
}}
{_STORE}
"""

_CONSTANTS = """
%start = tile.load %a[%c0, %c0] : N(64x64xf32) -> T(16x64xf32)
%last = scf.for %i = %c0 to %n step %c1 iter_args(%s = %start) -> (T(16x64xf32)) {
  %sixteen = arith.constant 16 : index
  %three = arith.constant 3 : index
  %again = arith.constant 0 : index
  %turn = arith.andi %i, %three : index
  %row = arith.muli %turn, %sixteen : index
  %t = tile.load %a[%row, %again] : N(64x64xf32) -> T(16x64xf32)
  %u = tile.add %s, %t : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  scf.yield %u : T(16x64xf32)
}
tile.store %last, %out[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""

_HALVES = """
%t = tile.load %a[%c0, %c0] : N(16x64xbf16) -> T(16x64xbf16)
%e = tile.exp %t : T(16x64xbf16) -> T(16x64xbf16)
%s = tile.sub %e, %t : T(16x64xbf16), T(16x64xbf16) -> T(16x64xbf16)
tile.store %s, %out[%c0, %c0] : T(16x64xbf16), N(16x64xbf16)
"""

_ROWS = {"a": "64x64xf32", "out": "16x64xf32"}

PASS_PROGRAMS: dict[str, PassProgram] = {
    "outline-scopes": _program(_SCOPES, a="64x32xf32", b="64x32xf32"),
    "unplace-matmul": _program(_PLACED, "a2a3{keep-placement=false}", **_SUM),
    "fold-into-loads": _program(_TRANSPOSED, x="16x128xi8", w="2x64x128xi8", out="16x64xi32"),
    "fold-casts": _program(_CASTS, x="16x32xbf16", w="32x32xbf16", out="16x32xbf16"),
    "merge-starts": _program(_STARTS, **_SUM),
    "infer-spaces": _program(_CONSTANTS, **_ROWS),
    "scale-loops": _program(_COUNTED, **_SUM),
    "roll-peeled": _program(_PEELED, **_SUM),
    "gather-constants": _program(_CONSTANTS, **_ROWS),
    "legalize-vector": _program(_HALVES, a="16x64xbf16", out="16x64xbf16"),
}
"""By the name of the pass."""

NEEDLESS_FLAGS = PassProgram(PROGRAMS["zero-trips"], "pto{strength=ptoas}")
"""`insert-sync` drafts flags for it that the others imply in every run, which only the proof sees."""
