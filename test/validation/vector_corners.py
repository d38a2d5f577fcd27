"""Vector kernels at the edge of what a rule says: parts, lines, constants, and buffers that only just fit."""

from __future__ import annotations

from collections.abc import Mapping

from .vector_buffers import BEYOND_PTOAS, BUFFERS
from .vector_modules import Module

__all__ = ["BEYOND_PTOAS", "CORNERS"]

_F32 = "16x64xf32"


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


_PARTS_OF_SLOTS = """
tile.pipeline stages(2) %i = %c0 to %c64 step %c16 {
  %x = tile.load %a[%i, %c0] : N(64x64xf32) -> T(16x64xf32)
  %y = tile.load %b[%i, %c0] : N(64x64xf32) -> T(16x64xf32)
  %column = tile.load %c[%i, %c0] : N(64x1xf32) -> T(16x1xf32)
  %row = tile.load %b[%i, %c0] : N(64x64xf32) -> T(1x64xf32)
  %part = tile.set_valid %x[%n, %m] : T(16x64xf32) -> T(16x64xf32, valid = ?x?)
  %r = tile.sub %column, %part : T(16x1xf32), T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
  %s = tile.mul %r, %row : T(16x64xf32, valid = ?x?), T(1x64xf32) -> T(16x64xf32, valid = ?x?)
  %t = tile.sub %y, %s : T(16x64xf32), T(16x64xf32, valid = ?x?) -> T(16x64xf32, valid = ?x?)
  %few = tile.set_valid %column[%m, %c1] : T(16x1xf32) -> T(16x1xf32, valid = ?x?)
  %u = tile.neg %few : T(16x1xf32, valid = ?x?) -> T(16x1xf32, valid = ?x?)
  tile.store %x, %b[%i, %c0] : T(16x64xf32), N(64x64xf32)
  tile.store %t, %a[%i, %c0] : T(16x64xf32, valid = ?x?), N(64x64xf32)
  tile.store %u, %c[%i, %c0] : T(16x1xf32, valid = ?x?), N(64x1xf32)
  tile.yield
}
"""
"""ptoas sets no valid part of a slot, nor of a view of one."""

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

_ORDERS = """
%x = tile.load %a[%c0, %c0] valid(%n, %m) : N(16x64xi32) -> T(16x64xi32, valid = ?x?)
%y = tile.load %o[%c0, %c0] valid(%n, %m) : N(16x64xi32) -> T(16x64xi32, valid = ?x?)
%k = tile.compare ne %x, %y : T(16x64xi32, valid = ?x?), T(16x64xi32, valid = ?x?) -> T(16x64xi1, valid = ?x?)
%l = tile.compare lt %x, %y : T(16x64xi32, valid = ?x?), T(16x64xi32, valid = ?x?) -> T(16x64xi1, valid = ?x?)
%b = tile.xor %k, %l : T(16x64xi1, valid = ?x?), T(16x64xi1, valid = ?x?) -> T(16x64xi1, valid = ?x?)
%r = tile.select %b, %x, %y : T(16x64xi1, valid = ?x?), T(16x64xi32, valid = ?x?), T(16x64xi32, valid = ?x?)
  -> T(16x64xi32, valid = ?x?)
tile.store %r, %o[%c0, %c0] : T(16x64xi32, valid = ?x?), N(16x64xi32)
"""


def _halves(element: str) -> str:
    """Sums of two numbers, and their products: half of the sums lie in the middle between two numbers."""
    kind, turned = f"64x2x{element}", f"2x64x{element}"
    lines = [
        f"%x = tile.load %a[%c0, %c0] : N({kind}) -> T({kind})",
        f"%y = tile.load %b[%c0, %c0] : N({turned}) -> T({turned})",
    ]
    for number, op in enumerate(("sum", "prod")):
        lines += [
            f"%r{number} = tile.row_{op} %x : T({kind}) -> T(64x1x{element})",
            f"tile.store %r{number}, %o[%c0, %c{number}] : T(64x1x{element}), N(64x2x{element})",
            f"%c{op} = tile.col_{op} %y : T({turned}) -> T(1x64x{element})",
            f"tile.store %c{op}, %p[%c{number}, %c0] : T(1x64x{element}), N(2x64x{element})",
        ]
    return "\n".join(lines)


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
    **BUFFERS,
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
    "parts-of-slots": Module(
        {"a": "64x64xf32", "b": "64x64xf32", "c": "64x1xf32"}, _PARTS_OF_SLOTS, {"n": ("index", 5), "m": ("index", 13)}
    ),
    "in-front": Module(
        {"a": _F32, "b": "1x64xf32", "o": _F32},
        _IN_FRONT,
        {"n": ("index", 5), "m": ("index", 37), "z": ("f32", 0.5)},
    ),
    "orders": Module(
        {"a": "16x64xi32", "o": "16x64xi32"}, _ORDERS, {"n": ("index", 5), "m": ("index", 37)}, limits=(-3.0, 3.0)
    ),
    **{
        f"halves-{element}": Module(
            {"a": f"64x2x{element}", "b": f"2x64x{element}", "o": f"64x2x{element}", "p": f"2x64x{element}"},
            _halves(element),
        )
        for element in ("f16", "bf16")
    },
    "one": Module({"a": "16x1xf32", "b": "1x64xf32", "o": "16x1xf32", "p": "16x1xi32"}, _ONE, units=16),
    **{
        f"words-{bits}": Module({name: f"16x32xui{bits}" for name in "abo"}, _words(bits), limits=(1.0, 12.0))
        for bits in (16, 32)
    },
}
