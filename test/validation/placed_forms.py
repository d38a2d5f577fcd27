"""Products that are placed, cast or counted in one way or another, and what only seems to be."""

from __future__ import annotations

from .forms import EMPTY, STORE, WHOLE, ZERO, Alike, Apart, loads, loop, program, times

_SCALE, _UNPLACE, _CAST = "scale-loops", "unplace-matmul", "fold-casts"

_AT = "%at = arith.muli {} : index\n"
_SUM = times("%t", "acc(%s) init(%is)") + "yield %t"


def _counted(bounds: str, body: str, kind: str = "scf.for", start: str = ZERO) -> str:
    return program(start + loop("%s = %zero", bounds, body, kind) + STORE)


def _is(one: str, other: str, predicate: str = "sle") -> str:
    return f"%is = arith.cmpi {predicate}, {one}, {other} : index\n"


_IN_CHUNKS = _AT.format("%k, %c32") + loads("%at")
_SCALED = {
    "scaled": [
        _counted("%c32 to %c128 step %c32", _is("%k", "%c64") + loads() + _SUM),
        _counted("%c1 to %c4 step %c1", _is("%k", "%c2") + _IN_CHUNKS + _SUM),
        _counted("%c1 to %c4 step %c1", _is("%k", "%c2") + _AT.format("%c32, %k") + loads("%at") + _SUM),
    ],
    "scaled-other-side": [
        _counted("%c0 to %c128 step %c64", _is("%c64", "%k") + loads() + _SUM, "tile.pipeline stages(2)"),
        _counted("%c0 to %c4 step %c2", _is("%c2", "%k") + _IN_CHUNKS + _SUM, "tile.pipeline stages(2)"),
    ],
    "scaled-twice": [
        _counted("%c0 to %c8 step %c2", loads("%c0", "9") + _is("%k", "%c2") + loads() + _SUM),
        _counted(
            "%c0 to %c4 step %c1",
            loads("%c0", "9")
            + _is("%k", "%c1")
            + "%at = arith.muli %k, %c2 : index\n%col = arith.muli %c2, %k : index\n"
            + "%a = tile.load %x[%c0, %at] : X -> A\n%b = tile.load %w[%col, %c0] : W -> B\n"
            + _SUM,
        ),
    ],
}
_SCALED_APART = {
    "read": _counted(
        "%c0 to %c4 step %c1",
        _is("%k", "%c1") + _AT.format("%k, %c32") + loads("%at") + "%o = arith.addi %k, %c1 : index\n" + _SUM,
    ),
    "two-factors": _counted(
        "%c0 to %c4 step %c1", _is("%k", "%c1") + _IN_CHUNKS + "%l = arith.muli %k, %c16 : index\n" + _SUM
    ),
    "once": _counted("%c0 to %c4 step %c1", _is("%k", "%c1") + _AT.format("%k, %c1") + loads("%at") + _SUM),
    "zero": _counted("%c0 to %c4 step %c1", _is("%k", "%c1") + _AT.format("%k, %c0") + loads("%at") + _SUM),
    "not": _counted("%c0 to %c4 step %c1", _is("%c0", "%c1") + loads("%c0") + _SUM),
    "end": _counted("%c0 to %n step %c1", _is("%k", "%c1") + _IN_CHUNKS + _SUM),
    "begin": _counted("%n to %c4 step %c1", _is("%k", "%c1") + _IN_CHUNKS + _SUM),
    "factor": _counted("%c0 to %c4 step %c1", _is("%k", "%c1") + _AT.format("%k, %n") + loads("%at") + _SUM),
    "compared": _counted("%c0 to %c4 step %c1", _is("%k", "%n") + _IN_CHUNKS + _SUM),
    "no-product": _counted("%c0 to %c4 step %c1", _IN_CHUNKS + "yield %s"),
}

_MAT = {"X -> A": "X -> T(16x32xi8, mat)", "W -> B": "W -> T(32x32xi8, mat)"}


def _in_mat(text: str) -> str:
    return text.replace("X -> A", _MAT["X -> A"]).replace("W -> B", _MAT["W -> B"])


_PLACED_TIMES = "%t = tile.matmul acc(%s) %l, %r : T(16x32xi8, left), T(32x32xi8, right) -> S\nyield %t"
_MOVE_LEFT = "%l = tile.move %a : T(16x32xi8, mat) -> T(16x32xi8, left)\n"
_MOVES = _MOVE_LEFT + "%r = tile.move %b : T(32x32xi8, mat) -> T(32x32xi8, right)\n"
_MAT_TIMES = "%t = tile.matmul acc(%s) %a, %b : T(16x32xi8, mat), T(32x32xi8, mat) -> S\nyield %t"
_BIG = "%a = tile.load %x[%c0, %c0] : X -> T(16x128xi8, mat)\n"
_EXTRACT = "%l = tile.extract %a[%c0, %k] : T(16x128xi8, mat) -> T(16x32xi8, left)\n"
_RIGHT = "%b = tile.load %w[%k, %c0] : W -> T(32x32xi8, mat)\n"
_MOVE_RIGHT = "%r = tile.move %b : T(32x32xi8, mat) -> T(32x32xi8, right)\n"


def _acc(text: str) -> str:
    """The sum is in Acc."""
    head, _, tail = text.partition("%zero =")
    return head + "%zero =" + tail.replace("!tile.tile<16x32xi32>", "!tile.tile<16x32xi32, acc>")


_PLACED_ACC = _acc(
    program(
        EMPTY.replace("%empty", "%zero")
        + loop(
            "%s = %zero",
            WHOLE,
            _is("%k", "%c0") + _in_mat(loads()) + _MOVES + _PLACED_TIMES.replace("acc(%s)", "acc(%s) init(%is)"),
        )
        + STORE
    )
)


def _cut(before: str = _BIG, inside: str = _EXTRACT, bounds: str = WHOLE) -> str:
    return program(ZERO + before + loop("%s = %zero", bounds, inside + _RIGHT + _MOVE_RIGHT + _PLACED_TIMES) + STORE)


def _direct(column: str = "%k", before: str = "") -> str:
    body = before + "%a = tile.load %x[%c0, " + column + "] : X -> A\n%b = tile.load %w[%k, %c0] : W -> B\n"
    return program(ZERO + loop("%s = %zero", WHOLE, body + times("%t", "acc(%s)") + "yield %t") + STORE)


_UNPLACED = {
    "unplaced": [
        _counted(WHOLE, loads() + times("%t", "acc(%s)") + "yield %t"),
        _counted(WHOLE, _in_mat(loads()) + _MAT_TIMES),
        _counted(WHOLE, _in_mat(loads()) + _MOVES + _PLACED_TIMES),
        _cut(),
    ],
    "unplaced-sum": [
        program(
            EMPTY.replace("%empty", "%zero") + loop("%s = %zero", WHOLE, _is("%k", "%c0") + loads() + _SUM) + STORE
        ),
        _PLACED_ACC,
    ],
    "unplaced-further": [
        _direct("%at", "%at = arith.addi %n, %k : index\n").replace("tensor<16x128xi8>", "tensor<16x256xi8>"),
        _cut("%a = tile.load %x[%c0, %n] : X -> T(16x128xi8, mat)\n").replace("tensor<16x128xi8>", "tensor<16x256xi8>"),
    ],
    "unplaced-computed": [
        _direct("%at", "%at = arith.addi %k, %n : index\n").replace("tensor<16x128xi8>", "tensor<16x256xi8>"),
        _cut(inside="%at = arith.addi %k, %n : index\n" + _EXTRACT.replace("%k", "%at")).replace(
            "16x128xi8", "16x256xi8"
        ),
    ],
    "unplaced-once": [
        program(ZERO.replace("%zero", "%s") + loads("%c32") + times("%sum", "acc(%s)") + STORE),
        program(
            ZERO.replace("%zero", "%s")
            + _BIG
            + _EXTRACT.replace("%k", "%c32")
            + _RIGHT.replace("%k", "%c32")
            + _MOVE_RIGHT
            + _PLACED_TIMES.replace("yield %t", "").replace("%t", "%sum")
            + STORE
        ),
    ],
}
_KEPT_FACTORS = _in_mat(loads()) + "%b1 = tile.load %v[%k, %c0] {slots = 2 : i64} : W -> T(32x32xi8, mat)\n"
_UNPLACED_APART = {
    "shared": _counted(
        WHOLE,
        _KEPT_FACTORS
        + _MAT_TIMES.replace(
            "yield", _MAT_TIMES.replace("%t", "%u").replace("%b ", "%b1 ").replace("yield %u", "") + "yield"
        ),
    ),
    "slots": _counted(
        WHOLE, _in_mat(loads()).replace("%w[%k, %c0]", "%w[%k, %c0] {slots = 3 : i64}") + _MOVES + _PLACED_TIMES
    ),
    "slots-of-move": _counted(
        WHOLE, _in_mat(loads()) + _MOVES.replace("%b :", "%b {slots = 3 : i64} :") + _PLACED_TIMES
    ),
    "read-otherwise": _counted(
        WHOLE,
        _in_mat(loads()) + _MOVES + "%v1 = tile.move %a : T(16x32xi8, mat) -> T(16x32xi8, right)\n" + _PLACED_TIMES,
    ).replace("%v1 = tile.move %a", "%v1 = tile.move %a {slots = 2 : i64}"),
    "one-part": _cut(inside=_EXTRACT.replace("%k", "%c32")),
    "stored": _cut(_BIG + "%o = tile.full 1 : i8 : A\ntile.store %o, %x[%c0, %c0] : A, X\n"),
    "stored-within": _cut(inside="%o = tile.full 1 : i8 : A\ntile.store %o, %x[%c0, %c0] : A, X\n" + _EXTRACT),
    "short": _cut(_BIG.replace("mat)", "mat, valid = 16x96)"), bounds="%c0 to %c96 step %c32")
    .replace("128xi8, mat) -> ", "128xi8, mat, valid = 16x96) -> ")
    .replace("16x128xi8, mat>", "16x128xi8, mat, valid = 16x96>"),
    "of-a-window": _cut(_BIG.replace("%c0] :", "%c0] sizes [16, 128] :")),
    "in-a-branch": program(
        ZERO.replace("%zero", "%s")
        + _BIG
        + "scf.if %flag {\n"
        + _EXTRACT.replace("%k", "%c32")
        + _RIGHT.replace("%k", "%c32")
        + _MOVE_RIGHT
        + _PLACED_TIMES.replace("yield %t", "").replace("%t", "%sum")
        + STORE
        + "}\n"
    ),
}
_FACTORS = """
%a = tile.load %x[%c0, %c0] : N(16x32xbf16) -> T(16x32xbf16)
%b = tile.load %w[%c0, %c0] : N(32x32xbf16) -> T(32x32xbf16)
"""
_TIMES = "%s = tile.matmul %a, %b : T(16x32xbf16), T(32x32xbf16) -> T(16x32xf32)\n"
_PLUS = "%s1 = tile.matmul acc(%s) %a, %b : T(16x32xbf16), T(32x32xbf16) -> T(16x32xf32)\n"
_CASTS = "%h = tile.cast rint %s : T(16x32xf32) -> T(16x32xbf16)\n"
_STORE_H = "tile.store %h, %out[%c0, %c0] : T(16x32xbf16), N(16x32xbf16)\n"
_STORE_S = "tile.store %s, %out[%c0, %c0] : T(16x32xf32), N(16x32xbf16)\n"
_STORE_F = "tile.store %s, %out1[%c0, %c0] : T(16x32xf32), N(16x32xf32)\n"
_AGAIN = """%y = tile.matmul %h, %b : T(16x32xbf16), T(32x32xbf16) -> T(16x32xf32)
tile.store %y, %out1[%c0, %c0] : T(16x32xf32), N(16x32xf32)
"""


def _halves(body: str) -> str:
    arguments = "%x: N(16x32xbf16), %w: N(32x32xbf16), %out: N(16x32xbf16), %out1: N(16x32xf32), %flag: i1"
    return program(_FACTORS + body, arguments)


_IN_ACC = _TIMES.replace("xf32)", "xf32, acc)")
_PLUS_ACC = _PLUS.replace("xf32)", "xf32, acc)")
_MOVED = "%h = tile.move %s : T(16x32xf32, acc) -> T(16x32xbf16, mat)\n"
_AGAIN_MAT = _AGAIN.replace("%h, %b : T(16x32xbf16)", "%h, %b : T(16x32xbf16, mat)")
_CAST_ALIKE = {
    "cast": [
        _halves(_TIMES + _STORE_S),
        _halves(_TIMES + _CASTS + _STORE_H),
        _halves(_TIMES + _CASTS.replace("rint", "none") + _STORE_H),
    ],
    "cast-twice": [
        _halves(_TIMES + _STORE_S + _STORE_S),
        _halves(_TIMES + _CASTS + _STORE_H + _STORE_H),
        _halves(_TIMES + _CASTS + _STORE_H + _CASTS.replace("%h", "%h1") + _STORE_H.replace("%h", "%h1")),
    ],
    "cast-and-multiplied": [
        _halves(_IN_ACC + _MOVED + _AGAIN_MAT),
        _halves(_TIMES + _CASTS + _AGAIN),
    ],
    "cast-sum-and-multiplied": [
        _halves(_IN_ACC + _PLUS_ACC + _MOVED.replace("%s", "%s1") + _AGAIN_MAT),
        _halves(_TIMES + _PLUS + _CASTS.replace("%s", "%s1") + _AGAIN),
    ],
}
_G = _CASTS.replace("%h", "%g")
_SUM_OF_G = "%z = tile.add %g, %g : T(16x32xbf16), T(16x32xbf16) -> T(16x32xbf16)\n"
_CAST_APART = {
    "another-computed-with": _halves(
        _TIMES + _CASTS + _G + _SUM_OF_G + _AGAIN + _STORE_H.replace("%h", "%g") + _STORE_H.replace("%h", "%z")
    ),
    "rounded": _halves(_TIMES + _CASTS.replace("rint", "floor") + _STORE_H),
    "rounded-and-multiplied": _halves(_TIMES + _CASTS.replace("rint", "floor") + _AGAIN),
    "not-a-product": _halves(
        _FACTORS.replace("%a", "%a1").replace("%b", "%b1")
        + "%s = tile.full 1.0 : f32 : T(16x32xf32)\n"
        + _CASTS
        + _STORE_H
    ),
    "both": _halves(_TIMES + _CASTS + _STORE_H + _AGAIN),
    "added-later": _halves(_TIMES + _CASTS + _PLUS + _STORE_H + _STORE_F.replace("%s", "%s1")),
    "added-later-and-multiplied": _halves(
        _TIMES
        + _CASTS
        + "%z = tile.add %s, %s : T(16x32xf32), T(16x32xf32) -> T(16x32xf32)\n"
        + _AGAIN
        + "tile.store %z, %out1[%c0, %c0] : T(16x32xf32), N(16x32xf32)\n"
    ),
    "unread": _halves(_TIMES + _CASTS + _STORE_F),
    "computed-with": _halves(
        _TIMES
        + _CASTS
        + "%z = tile.add %h, %h : T(16x32xbf16), T(16x32xbf16) -> T(16x32xbf16)\n"
        + _STORE_H.replace("%h", "%z")
    ),
    "stored-and-computed-with": _halves(
        _TIMES
        + _CASTS
        + "%z = tile.add %h, %h : T(16x32xbf16), T(16x32xbf16) -> T(16x32xbf16)\n"
        + _STORE_H
        + _STORE_H.replace("%h", "%z")
    ),
    "cast-elsewhere-too": _halves(
        _TIMES
        + _CASTS
        + "%g = tile.cast floor %s : T(16x32xf32) -> T(16x32xbf16)\n"
        + _AGAIN
        + _STORE_H.replace("%h", "%g")
    ),
}

PLACED_ALIKE = {
    name: Alike(pipeline, texts)
    for pipeline, groups in ((_SCALE, _SCALED), (_UNPLACE, _UNPLACED), (_CAST, _CAST_ALIKE))
    for name, texts in groups.items()
}
"""By name."""

PLACED_APART = {
    f"{prefix}-{name}": Apart(pipeline, text)
    for prefix, pipeline, groups in (
        ("scaled", _SCALE, _SCALED_APART),
        ("unplaced", _UNPLACE, _UNPLACED_APART),
        ("cast", _CAST, _CAST_APART),
    )
    for name, text in groups.items()
}
"""By name."""
