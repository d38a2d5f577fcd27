"""Vector kernels that are at the edge of what a rule says: buffers that are shared, handed on, and only just fit."""

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

_NARROWER = """
%x = tile.load %a[%c0, %c0] : N(16x64xf32) -> T(16x64xf32)
%p = tile.set_valid %x[%c9, %c50] : T(16x64xf32) -> T(16x64xf32, valid = 9x50)
%column = tile.load %c[%c0, %c0] : N(16x1xf32) -> T(16x1xf32)
%row = tile.load %b[%c0, %c0] : N(1x64xf32) -> T(1x64xf32)
%q = tile.sub %column, %p : T(16x1xf32), T(16x64xf32, valid = 9x50) -> T(16x64xf32, valid = 9x50)
%r = tile.div %q, %row : T(16x64xf32, valid = 9x50), T(1x64xf32) -> T(16x64xf32, valid = 9x50)
%s = tile.sub %row, %r : T(1x64xf32), T(16x64xf32, valid = 9x50) -> T(16x64xf32, valid = 9x50)
%t = tile.mul %x, %s : T(16x64xf32), T(16x64xf32, valid = 9x50) -> T(16x64xf32, valid = 9x50)
tile.store %t, %o[%c0, %c0] : T(16x64xf32, valid = 9x50), N(16x64xf32)
%rows = tile.set_valid %column[%n, %c1] : T(16x1xf32) -> T(16x1xf32, valid = ?x?)
%y = tile.set_valid %x[%n, %m] : T(16x64xf32) -> T(16x64xf32, valid = ?x?)
%less = tile.neg %rows : T(16x1xf32, valid = ?x?) -> T(16x1xf32, valid = ?x?)
tile.store %less, %c[%c0, %c0] : T(16x1xf32, valid = ?x?), N(16x1xf32)
%z = tile.sub %rows, %y : T(16x1xf32, valid = ?x?), T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
tile.store %z, %o[%c0, %c0] : T(16x64xf32, valid = ?x?), N(16x64xf32)
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

_OPEN_ROWS = """
%x = tile.load %a[%c0, %c0] valid(%n, %c50) : N(16x64xf32) -> T(16x64xf32, valid = ?x50)
%y = tile.load %b[%c0, %c0] valid(%n, %c50) : N(16x64xf32) -> T(16x64xf32, valid = ?x50)
%k = tile.compare gt %x, %y : T(16x64xf32, valid = ?x50), T(16x64xf32, valid = ?x50) -> T(16x64xi1, valid = ?x50)
%l = tile.not %k : T(16x64xi1, valid = ?x50) -> T(16x64xi1, valid = ?x50)
%m = tile.compare lt %x, %z : T(16x64xf32, valid = ?x50), f32 -> T(16x64xi1, valid = ?x50)
%both = tile.and %l, %m : T(16x64xi1, valid = ?x50), T(16x64xi1, valid = ?x50) -> T(16x64xi1, valid = ?x50)
%r = tile.select %both, %x, %y : T(16x64xi1, valid = ?x50), T(16x64xf32, valid = ?x50), T(16x64xf32, valid = ?x50)
  -> T(16x64xf32, valid = ?x50)
%s = tile.exp %r : T(16x64xf32, valid = ?x50) -> T(16x64xf32, valid = ?x50)
%t = tile.mul %s, %x : T(16x64xf32, valid = ?x50), T(16x64xf32, valid = ?x50) -> T(16x64xf32, valid = ?x50)
tile.store %t, %o[%c0, %c0] : T(16x64xf32, valid = ?x50), N(16x64xf32)
%most = tile.col_max %y : T(16x64xf32, valid = ?x50) -> T(1x64xf32, valid = 1x50)
tile.store %most, %o[%c15, %c0] : T(1x64xf32, valid = 1x50), N(16x64xf32)
"""

_PARTS_IN_TURN = """
tile.pipeline stages(2) %i = %c0 to %c64 step %c16 {
  %x = tile.load %a[%i, %c0] valid(%n, %m) : N(64x64xf32) -> T(16x64xf32, valid = ?x?)
  %y = tile.load %b[%i, %c0] : N(64x64xf32) -> T(16x64xf32)
  %r = tile.mul %x, %x : T(16x64xf32, valid = ?x?), T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
  %z = tile.add %y, %y : T(16x64xf32), T(16x64xf32) -> T(16x64xf32)
  tile.store %z, %b[%i, %c0] : T(16x64xf32), N(64x64xf32)
  tile.store %r, %a[%i, %c0] : T(16x64xf32, valid = ?x?), N(64x64xf32)
  tile.yield
}
"""

_CONSTANTS = """
%x = tile.load %a[%c0, %c0] : N(16x64xi8) -> T(16x64xi8)
%y = tile.load %b[%c0, %c0] : N(16x64xbf16) -> T(16x64xbf16)
%many = arith.constant 100 : i8
%half = arith.constant 0.5 : bf16
%p = tile.add %x, %many : T(16x64xi8), i8 -> T(16x64xi8)
%q = tile.sub %many, %p : i8, T(16x64xi8) -> T(16x64xi8)
tile.store %q, %a[%c0, %c0] : T(16x64xi8), N(16x64xi8)
%r = tile.mul %y, %half : T(16x64xbf16), bf16 -> T(16x64xbf16)
%s = tile.sub %half, %r : bf16, T(16x64xbf16) -> T(16x64xbf16)
tile.store %s, %b[%c0, %c0] : T(16x64xbf16), N(16x64xbf16)
"""

_IN_FRONT = """
%x = tile.load %a[%c0, %c0] valid(%n, %m) : N(16x64xf32) -> T(16x64xf32, valid = ?x?)
%most = tile.row_max %x : T(16x64xf32, valid = ?x?) -> T(16x1xf32, valid = ?x1)
%low = tile.sub %most, %x : T(16x1xf32, valid = ?x1), T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
%line = tile.load %b[%c0, %c0] valid(%c1, %m) : N(1x64xf32) -> T(1x64xf32, valid = 1x?)
%r = tile.sub %low, %line : T(16x64xf32, valid = ?x?), T(1x64xf32, valid = 1x?) -> T(16x64xf32, valid = ?x?)
%s = tile.sub %line, %r : T(1x64xf32, valid = 1x?), T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
%t = tile.sub %z, %s : f32, T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
tile.store %t, %o[%c0, %c0] : T(16x64xf32, valid = ?x?), N(16x64xf32)
"""

_ONE = """
%column = tile.load %a[%c0, %c0] : N(16x1xf32) -> T(16x1xf32)
%row = tile.load %b[%c0, %c0] : N(1x64xf32) -> T(1x64xf32)
%one = tile.load %b[%c0, %c3] : N(1x64xf32) -> T(1x1xf32)
%w = tile.sub %one, %column : T(1x1xf32), T(16x1xf32) -> T(16x1xf32)
%x = tile.min %column, %one : T(16x1xf32), T(1x1xf32) -> T(16x1xf32)
%y = tile.div %w, %x : T(16x1xf32), T(16x1xf32) -> T(16x1xf32)
tile.store %y, %a[%c0, %c0] : T(16x1xf32), N(16x1xf32)
%f = tile.sub %row, %one : T(1x64xf32), T(1x1xf32) -> T(1x64xf32)
%g = tile.div %one, %f : T(1x1xf32), T(1x64xf32) -> T(1x64xf32)
%h = tile.max %one, %g : T(1x1xf32), T(1x64xf32) -> T(1x64xf32)
tile.store %h, %b[%c0, %c0] : T(1x64xf32), N(1x64xf32)
%r = tile.reshape %row : T(1x64xf32) -> T(64x1xf32)
%s = tile.col_sum %r : T(64x1xf32) -> T(1x1xf32)
%t = tile.expand %s : T(1x1xf32) -> T(16x1xf32)
%u = tile.mul %t, %column : T(16x1xf32), T(16x1xf32) -> T(16x1xf32)
%v = tile.row_sum %u : T(16x1xf32) -> T(16x1xf32)
%k = tile.row_argmax %v : T(16x1xf32) -> T(16x1xi32)
tile.store %k, %p[%c0, %c0] : T(16x1xi32), N(16x1xi32)
%l = tile.compare lt %column, %x : T(16x1xf32), T(16x1xf32) -> T(16x1xi1)
%m = tile.not %l : T(16x1xi1) -> T(16x1xi1)
%n = tile.select %m, %v, %column : T(16x1xi1), T(16x1xf32), T(16x1xf32) -> T(16x1xf32)
tile.store %n, %o[%c0, %c0] : T(16x1xf32), N(16x1xf32)
"""


def _words(bits: int) -> str:
    """Arithmetic of unsigned elements, whose highest bit is none of a sign."""
    kind = f"16x32xui{bits}"
    pair = f"T({kind}), T({kind}) -> T({kind})"
    return f"""
%x = tile.load %a[%c0, %c0] : N({kind}) -> T({kind})
%y = tile.load %b[%c0, %c0] : N({kind}) -> T({kind})
%s = tile.add %x, %y : {pair}
%d = tile.sub %x, %y : {pair}
%p = tile.mul %s, %d : {pair}
%u = tile.shl %p, %y : {pair}
%v = tile.or %u, %p : {pair}
%w = tile.xor %v, %x : {pair}
tile.store %w, %o[%c0, %c0] : T({kind}), N({kind})
%r = tile.row_sum %w : T({kind}) -> T(16x1xui{bits})
%t = tile.add %w, %r : T({kind}), T(16x1xui{bits}) -> T({kind})
%c = tile.col_sum %t : T({kind}) -> T(1x32xui{bits})
%z = tile.sub %c, %t : T(1x32xui{bits}), T({kind}) -> T({kind})
tile.store %z, %a[%c0, %c0] : T({kind}), N({kind})
"""


CORNERS: Mapping[str, Module] = {
    "scalars-go-on": Module({"a": "64x64xf32"}, _SCALARS_GO_ON, {"n": ("index", 3)}),
    "scalars-go-on-otherwise": Module({"a": "64x64xf32"}, _SCALARS_GO_ON, {"n": ("index", 5)}),
    "handed-on": Module({"a": _F32, "b": _F32, "o": _F32}, _HANDED_ON, {"n": ("index", 2)}),
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
    "narrower": Module(
        {"a": _F32, "b": "1x64xf32", "c": "16x1xf32", "o": _F32},
        _NARROWER,
        {"n": ("index", 5), "m": ("index", 37)},
    ),
    "open-rows": Module(
        {"a": _F32, "b": _F32, "o": _F32}, _OPEN_ROWS, {"n": ("index", 11), "z": ("f32", 0.5)}, units=4
    ),
    "constants": Module({"a": "16x64xi8", "b": "16x64xbf16"}, _CONSTANTS, limits=(0.0, 99.0)),
    "parts-in-turn": Module(
        {"a": "64x64xf32", "b": "64x64xf32"}, _PARTS_IN_TURN, {"n": ("index", 5), "m": ("index", 37)}
    ),
    "in-front": Module(
        {"a": _F32, "b": "1x64xf32", "o": _F32},
        _IN_FRONT,
        {"n": ("index", 5), "m": ("index", 37), "z": ("f32", 0.5)},
    ),
    "one": Module({"a": "16x1xf32", "b": "1x64xf32", "o": "16x1xf32", "p": "16x1xi32"}, _ONE, units=16),
    **{
        f"words-{bits}": Module({name: f"16x32xui{bits}" for name in "abo"}, _words(bits), limits=(1.0, 12.0))
        for bits in (16, 32)
    },
}

BEYOND_PTOAS: Mapping[str, Module] = {"counted": Module({"a": "64x80xf32"}, _COUNTED, {"n": ("index", 3)})}
"""ptoas 0.27 does not lower a `scf.while` whose results are used."""
