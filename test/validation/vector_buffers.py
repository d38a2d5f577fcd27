"""Vector kernels whose buffers are shared, handed on by loops and branches, and only just fit."""

from __future__ import annotations

from collections.abc import Mapping

from .vector_modules import Module

_F32 = "16x64xf32"


_COUNTED = """
%x = tile.load %a[%c0, %c0] : N(64x80xf32) -> T(16x64xf32)
%turns, %last = scf.while (%i = %c0, %u = %x) : (index, T(16x64xf32)) -> (index, T(16x64xf32)) {
  %goes_on = arith.cmpi slt, %i, %n : index
  scf.condition(%goes_on) %i, %u : index, T(16x64xf32)
} do {
^bb0(%i: index, %u: T(16x64xf32)):
  %j = arith.addi %i, %c1 : index
  %w = tile.add %u, %x : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  scf.yield %j, %w : index, T(16x64xf32)
}
%row = arith.muli %turns, %c8 : index
tile.store %last, %a[%row, %turns] : T(16x64xf32), N(64x80xf32)
"""


_SCALARS_GO_ON = """
%x = tile.load %a[%c0, %c0] : N(64x64xf32) -> T(16x64xf32)
%sum, %kept, %steps = scf.for %i = %c0 to %n step %c1 iter_args(%s = %n, %u = %x, %t = %c1)
    -> (index, T(16x64xf32), index) {
  %more = arith.addi %s, %i : index
  %v = tile.mul %u, %x : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  %next = arith.addi %t, %c2 : index
  scf.yield %more, %v, %next : index, T(16x64xf32), index
}
%is_three = arith.cmpi eq, %n, %c3 : index
%row, %chosen, %column = scf.if %is_three -> (index, T(16x64xf32), index) {
  scf.yield %sum, %kept, %n : index, T(16x64xf32), index
} else {
  scf.yield %steps, %x, %n : index, T(16x64xf32), index
}
tile.store %chosen, %a[%row, %c0] : T(16x64xf32), N(64x64xf32)
%at = arith.addi %row, %c16 : index
%y = tile.load %a[%c0, %column] sizes [16, 32] : N(64x64xf32) -> T(16x32xf32)
tile.store %y, %a[%at, %steps] : T(16x32xf32), N(64x64xf32)
"""


_HANDED_ON = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%y = tile.load %b[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%h, %same = scf.while (%i = %c0, %u = %y) : (index, T(16x64xf32)) -> (index, T(16x64xf32)) {
  %goes_on = arith.cmpi slt, %i, %n : index
  scf.condition(%goes_on) %i, %x : index, T(16x64xf32)
} do {
^bb0(%i: index, %u: T(16x64xf32)):
  %j = arith.addi %i, %c1 : index
  scf.yield %j, %u : index, T(16x64xf32)
}
%changed = tile.neg %same : T(16x64xf32) -> T(16x64xf32)
%k, %one, %other = scf.while (%i = %c0, %u = %changed) : (index, T(16x64xf32))
    -> (index, T(16x64xf32), T(16x64xf32)) {
  %goes_on = arith.cmpi slt, %i, %n : index
  scf.condition(%goes_on) %i, %u, %u : index, T(16x64xf32), T(16x64xf32)
} do {
^bb0(%i: index, %u: T(16x64xf32), %v: T(16x64xf32)):
  %j = arith.addi %i, %c1 : index
  %w = tile.add %u, %y : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  %z = tile.mul %w, %v : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  scf.yield %j, %z : index, T(16x64xf32)
}
%turned = tile.abs %one : T(16x64xf32) -> T(16x64xf32)
%r = tile.sub %turned, %other : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
tile.store %r, %o[%c0, %c0] : T(16x64xf32), N(16x64xf32)
tile.store %x, %b[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""


_TILE_FIRST = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%last, %turns = scf.while (%u = %x, %i = %c0) : (T(16x64xf32), index) -> (T(16x64xf32), index) {
  %goes_on = arith.cmpi slt, %i, %n : index
  scf.condition(%goes_on) %u, %i : T(16x64xf32), index
} do {
^bb0(%u: T(16x64xf32), %i: index):
  %w = tile.add %u, %x : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  %j = arith.addi %i, %c1 : index
  scf.yield %w, %j : T(16x64xf32), index
}
tile.store %last, %a[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""

_SHARED = """
%x = tile.load %a[%c0, %c0] : N(64x1xf32) -> T(64x1xf32)
%row = tile.transpose %x : T(64x1xf32) -> T(1x64xf32)
%less = tile.neg %row : T(1x64xf32) -> T(1x64xf32)
tile.store %less, %b[%c0, %c0] : T(1x64xf32), N(4x64xf32)
%exact = tile.mul %x, %x : T(64x1xf32), T(64x1xf32) -> T(64x1xf32)
tile.store %exact, %o[%c0, %c0] : T(64x1xf32), N(64x1xf32)
tile.store %row, %b[%c1, %c0] : T(1x64xf32), N(4x64xf32)
%y = tile.load %b[%c2, %c0] : N(4x64xf32) -> T(1x64xf32)
%part = tile.set_valid %y[%c1, %c32] : T(1x64xf32) -> T(1x64xf32, valid = 1x32)
%twice = tile.add %part, %part : T(1x64xf32, valid = 1x32), T(1x64xf32, valid = 1x32) -> T(1x64xf32, valid = 1x32)
tile.store %twice, %b[%c2, %c0] : T(1x64xf32, valid = 1x32), N(4x64xf32)
tile.store %y, %b[%c3, %c0] : T(1x64xf32), N(4x64xf32)
"""


_RESTARTED = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%first = tile.load %b[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%all = scf.for %i = %c0 to %n step %c1 iter_args(%u = %first) -> (T(16x64xf32)) {
  %r = scf.for %j = %c0 to %n step %c1 iter_args(%v = %x) -> (T(16x64xf32)) {
    %w = tile.mul %v, %v : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
    scf.yield %w : T(16x64xf32)
  }
  %s = scf.for %j = %c0 to %c2 step %c1 iter_args(%v = %u) -> (T(16x64xf32)) {
    %w = tile.add %v, %r : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
    scf.yield %w : T(16x64xf32)
  }
  %t = tile.sub %s, %u : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  scf.yield %t : T(16x64xf32)
}
tile.store %all, %b[%c0, %c0] : T(16x64xf32), N(16x64xf32)
"""


_BIG = "16x640xf32"
"""Four of them fit into Vec, and not five."""


_TIGHT = """
%x = tile.load %a[%c0, %c0] : N(16x640xf32) -> T(16x640xf32)
%y = tile.load %b[%c0, %c0] : N(16x640xf32) -> T(16x640xf32)
%p, %q = scf.for %i = %c0 to %n step %c1 iter_args(%u = %x, %v = %y) -> (T(16x640xf32), T(16x640xf32)) {
  %w = tile.add %u, %v : T(16x640xf32), T(16x640xf32) -> T(16x640xf32)
  %z = tile.mul %u, %v : T(16x640xf32), T(16x640xf32) -> T(16x640xf32)
  scf.yield %w, %z : T(16x640xf32), T(16x640xf32)
}
tile.store %p, %a[%c0, %c0] : T(16x640xf32), N(16x640xf32)
tile.store %q, %b[%c0, %c0] : T(16x640xf32), N(16x640xf32)
"""


_TIGHT_IN_PLACE = """
%x = tile.load %a[%c0, %c0] : N(32x640xf32) -> T(16x640xf32)
%y = tile.load %b[%c0, %c0] : N(32x640xf32) -> T(16x640xf32)
%u = tile.load %a[%c16, %c0] : N(32x640xf32) -> T(16x640xf32)
%v = tile.load %b[%c16, %c0] : N(32x640xf32) -> T(16x640xf32)
tile.store %x, %b[%c0, %c0] : T(16x640xf32), N(32x640xf32)
%f = tile.neg %x : T(16x640xf32) -> T(16x640xf32)
%g = tile.abs %y : T(16x640xf32) -> T(16x640xf32)
%h = tile.add %v, %u : T(16x640xf32), T(16x640xf32) -> T(16x640xf32)
tile.store %f, %a[%c0, %c0] : T(16x640xf32), N(32x640xf32)
tile.store %g, %b[%c0, %c0] : T(16x640xf32), N(32x640xf32)
tile.store %h, %a[%c16, %c0] : T(16x640xf32), N(32x640xf32)
tile.store %u, %b[%c16, %c0] : T(16x640xf32), N(32x640xf32)
scf.for %i = %c0 to %n step %c1 {
  %l = tile.load %a[%c0, %c0] : N(32x640xf32) -> T(16x640xf32)
  %m = tile.load %b[%c0, %c0] : N(32x640xf32) -> T(16x640xf32)
  %p = tile.add %l, %m : T(16x640xf32), T(16x640xf32) -> T(16x640xf32)
  %q = tile.sub %l, %m : T(16x640xf32), T(16x640xf32) -> T(16x640xf32)
  %r = tile.neg %p : T(16x640xf32) -> T(16x640xf32)
  %s = tile.relu %q : T(16x640xf32) -> T(16x640xf32)
  tile.store %r, %a[%c0, %c0] : T(16x640xf32), N(32x640xf32)
  tile.store %s, %b[%c0, %c0] : T(16x640xf32), N(32x640xf32)
  tile.store %l, %a[%c16, %c0] : T(16x640xf32), N(32x640xf32)
  tile.store %m, %b[%c16, %c0] : T(16x640xf32), N(32x640xf32)
}
"""


_TIGHT_BEHIND = """
%x = tile.load %a[%c0, %c0] : N(32x640xf32) -> T(16x640xf32)
%u = tile.load %a[%c16, %c0] : N(32x640xf32) -> T(16x640xf32)
%v = tile.load %b[%c0, %c0] : N(32x640xf32) -> T(16x640xf32)
LOOP
%t = tile.load %b[%c16, %c0] : N(32x640xf32) -> T(16x640xf32)
%r = tile.neg %p : T(16x640xf32) -> T(16x640xf32)
tile.store %r, %b[%c16, %c0] : T(16x640xf32), N(32x640xf32)
tile.store %t, %a[%c0, %c0] : T(16x640xf32), N(32x640xf32)
tile.store %u, %b[%c0, %c0] : T(16x640xf32), N(32x640xf32)
tile.store %v, %a[%c16, %c0] : T(16x640xf32), N(32x640xf32)
"""


_FOR = """
%p = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> (T(16x640xf32)) {
  %w = tile.mul %s, %s : T(16x640xf32), T(16x640xf32) -> T(16x640xf32)
  scf.yield %w : T(16x640xf32)
}"""


_WHILE = """
%turns, %p = scf.while (%i = %c0, %s = %x) : (index, T(16x640xf32)) -> (index, T(16x640xf32)) {
  %goes_on = arith.cmpi slt, %i, %n : index
  scf.condition(%goes_on) %i, %s : index, T(16x640xf32)
} do {
^bb0(%i: index, %s: T(16x640xf32)):
  %w = tile.mul %s, %s : T(16x640xf32), T(16x640xf32) -> T(16x640xf32)
  %j = arith.addi %i, %c1 : index
  scf.yield %j, %w : index, T(16x640xf32)
}"""


BUFFERS: Mapping[str, Module] = {
    "scalars-go-on": Module({"a": "64x64xf32"}, _SCALARS_GO_ON, {"n": ("index", 3)}),
    "scalars-go-on-otherwise": Module({"a": "64x64xf32"}, _SCALARS_GO_ON, {"n": ("index", 5)}),
    "handed-on": Module({"a": _F32, "b": _F32, "o": _F32}, _HANDED_ON, {"n": ("index", 2)}),
    "tile-first": Module({"a": _F32}, _TILE_FIRST, {"n": ("index", 3)}),
    "shared": Module({"a": "64x1xf32", "b": "4x64xf32", "o": "64x1xf32"}, _SHARED),
    "tight": Module({"a": _BIG, "b": _BIG}, _TIGHT, {"n": ("index", 3)}),
    "tight-in-place": Module({"a": "32x640xf32", "b": "32x640xf32"}, _TIGHT_IN_PLACE, {"n": ("index", 3)}),
    **{
        f"tight-behind-{name}": Module(
            {"a": "32x640xf32", "b": "32x640xf32"}, _TIGHT_BEHIND.replace("LOOP", loop), {"n": ("index", 2)}
        )
        for name, loop in {"for": _FOR, "while": _WHILE}.items()
    },
    "restarted": Module({"a": _F32, "b": _F32}, _RESTARTED, {"n": ("index", 3)}, limits=(-1.0, 1.0)),
}

BEYOND_PTOAS: Mapping[str, Module] = {"counted": Module({"a": "64x80xf32"}, _COUNTED, {"n": ("index", 3)})}
"""ptoas 0.27 does not lower a `scf.while` whose results are used."""
