"""Products that share their left operand, in one block or in loops, and products that seem to."""

from __future__ import annotations

from .forms import STORE, STORES, TYPES, WHOLE, Alike, Apart, loads, loop, program, times

_PASS, _LOOPS = "fuse-matmul", "fuse-loops"
_RIGHT = "%d = tile.load %v[%c32, %c0] : W -> B\n"
_LOADS = loads("%c32") + _RIGHT
_AGAIN = "%a1 = tile.load %x[%c0, %c32] : X -> A\n"
_OTHER = "%a1 = tile.load %y[%c0, %c32] : X -> A\n"
_SUMS = (
    "%a8 = tile.load %y[%c0, %c0] : X -> A\n"
    + loads("%c96", "9")
    + times("%s", "", "%a9, %b9")
    + times("%r", "", "%a8, %b9")
)
_LESS = "%less = arith.cmpi slt, %n, %c2 : index\n"
_MORE = "%more = arith.cmpi sgt, %n, %c2 : index\n"


def _one(body: str) -> str:
    return program(body + STORES)


def _sums(first: str, second: str, before: str = "", left: str = "%a") -> str:
    """Two turns, from sums that have begun."""
    return _one(_SUMS + _LOADS + before + times("%sum", first, f"{left}, %b") + times("%sum1", second, "%a, %d"))


_FIRST, _SECOND = times("%sum", "", "%a, %b"), times("%sum1", "", "%a, %d")
_TOGETHER = times("%sum, %sum1", "", "%a, %b, %d", 2)


def _large(rows: int, columns: int, element: str, *, fused: bool = False) -> str:
    """Two products of that size each."""
    total = "i32" if element == "i8" else "f32"
    a, b, s = f"{rows}x32x{element}", f"32x{columns}x{element}", f"{rows}x{columns}x{total}"
    turns = f"""
%sum = tile.matmul %a, %b : T({a}), T({b}) -> T({s})
%sum1 = tile.matmul %a, %d : T({a}), T({b}) -> T({s})
"""
    if fused:
        turns = f"%sum, %sum1 = tile.matmul %a, %b, %d : T({a}), T({b}), T({b}) -> T({s}), T({s})\n"
    body = f"""
%a = tile.load %x[%c0, %c0] : N({a}) -> T({a})
%b = tile.load %w[%c0, %c0] : N({b}) -> T({b})
%d = tile.load %v[%c0, %c0] : N({b}) -> T({b})
{turns}
tile.store %sum, %out[%c0, %c0] : T({s}), N({s})
tile.store %sum1, %out1[%c0, %c0] : T({s}), N({s})
"""
    return program(body, f"%x: N({a}), %w: N({b}), %v: N({b}), %out: N({s}), %out1: N({s})")


_FUSED = {
    "two": [_one(_LOADS + _TOGETHER), _one(_LOADS + _FIRST + _SECOND)],
    "loaded-twice": [_one(_LOADS + _TOGETHER), _one(_LOADS + _FIRST + _AGAIN + _SECOND.replace("%a,", "%a1,"))],
    "three": [
        program(_LOADS + times("%sum, %o, %sum1", "", "%a, %b, %b, %d", 3) + STORES),
        program(_LOADS + _FIRST + times("%o", "", "%a, %b") + _SECOND + STORES),
        program(_LOADS + times("%sum, %o", "", "%a, %b, %b", 2) + _SECOND + STORES),
        program(_LOADS + _FIRST + times("%o, %sum1", "", "%a, %b, %d", 2) + STORES),
    ],
    "sums": [
        _one(_SUMS + _LOADS + times("%sum, %sum1", "acc(%s, %r)", "%a, %b, %d", 2)),
        _sums("acc(%s)", "acc(%r)"),
    ],
    "conditions": [
        _one(_SUMS + _LOADS + _LESS + times("%sum, %sum1", "acc(%s, %r) init(%less)", "%a, %b, %d", 2)),
        _sums("acc(%s) init(%less)", "acc(%r) init(%less)", _LESS),
        _sums("acc(%s) init(%less)", "acc(%r) init(%less1)", _LESS + _LESS.replace("%less", "%less1")),
    ],
    "fits": [_large(32, 512, "i8", fused=True), _large(32, 512, "i8")],
    "fits-in-fractals": [_large(17, 512, "bf16", fused=True), _large(17, 512, "bf16")],
}

_KEPT = {
    "left": _one(_LOADS + _OTHER + _FIRST + _SECOND.replace("%a,", "%a1,")),
    "left-column": _one(_LOADS + _AGAIN.replace("c32", "c64") + _FIRST + _SECOND.replace("%a,", "%a1,")),
    "left-stored": _one(
        _LOADS
        + "%o = tile.full 1 : i8 : A\ntile.store %o, %x[%c0, %c32] : A, X\n"
        + _AGAIN
        + _FIRST
        + _SECOND.replace("%a,", "%a1,")
    ),
    "starts": _sums("acc(%s)", ""),
    "starts-after": _sums("", "acc(%r)"),
    "may-start": _sums("acc(%s) init(%less)", "acc(%r)", _LESS),
    "may-start-after": _sums("acc(%s)", "acc(%r) init(%less)", _LESS),
    "starts-otherwise": _sums("acc(%s) init(%less)", "acc(%r) init(%more)", _LESS + _MORE),
    "one-after-the-other": _one(
        _SUMS + _LOADS + times("%sum", "acc(%s)", "%a, %b") + times("%sum1", "acc(%sum)", "%a, %d")
    ),
    "one-sum": _one(_SUMS + _LOADS + times("%sum", "acc(%s)", "%a, %b") + times("%sum1", "acc(%s)", "%a, %d")),
    "stored": _one(_LOADS + _FIRST + "tile.store %sum, %out1[%c0, %c0] : S, O\n" + _SECOND),
    "stored-in-a-branch": _one(
        _LOADS + _FIRST + "scf.if %flag {\ntile.store %sum, %out1[%c0, %c0] : S, O\n}\n" + _SECOND
    ),
    "widths": program(
        _LOADS
        + "%e = tile.load %v[%c32, %c0] : W -> T(32x16xi8)\n"
        + _FIRST
        + """%o = tile.matmul %a, %e : A, T(32x16xi8) -> T(16x16xi32)
tile.store %o, %out1[%c0, %c0] : T(16x16xi32), O
"""
        + STORE
    ),
    "rows-of-fractals": _large(33, 352, "bf16"),
    "columns-of-fractals": _large(48, 337, "bf16"),
    "no-room": _large(32, 528, "i8"),
}

_ZEROS = "%zero = tile.full 0 : i32 : S\n%zero1 = tile.full 0 : i32 : S\n"
_PIPELINE = "tile.pipeline stages(2)"
_BODY = loads() + times("%t", "acc(%s)") + "yield %t"
_BODY1 = (
    "%a = tile.load %x[%c0, %k] : X -> A\n%b = tile.load %v[%k, %c0] : W -> B\n" + times("%t", "acc(%s)") + "yield %t"
)
_FUSED_BODY = (
    loads()
    + times("%t", "acc(%s)")
    + _BODY1.replace("%a", "%a1")
    .replace("%b", "%b1")
    .replace("%t", "%u")
    .replace("%s", "%r")
    .replace("yield ", "yield %t, ")
)


def _loops(
    first: str = _BODY,
    second: str = _BODY1,
    *,
    bounds: tuple[str, str] = (WHOLE, WHOLE),
    kinds: tuple[str, str] = ("scf.for", "scf.for"),
    before: str = _ZEROS,
    between: str = "",
    start: str = "%zero1",
) -> str:
    one = loop("%s = %zero", bounds[0], first, kinds[0])
    other = loop(f"%s = {start}", bounds[1], second, kinds[1], "%sum1")
    return program(before + one + between + other + STORES)


def _fused(body: str = _FUSED_BODY, kind: str = "scf.for", before: str = _ZEROS, bounds: str = WHOLE) -> str:
    return program(before + loop("%s = %zero, %r = %zero1", bounds, body, kind, "%sum, %sum1") + STORES)


_AT = "%at = arith.muli %k, %c32 : index\n"
_COUNT = "%c0 to %c4 step %c1"


def _counted(body: str) -> str:
    return _AT + body.replace("%k", "%at")


_ADDED = "%l = arith.andi %n, %c0 : index\n%m = arith.addi %l, %c0 : index\n"
_OTHER_LOADS = loads("%c0", "9", left="%y")
_OTHER_PRODUCT = times("%o", "", "%a9, %b9")

_FUSED_LOOPS = {
    "loops": [_fused(), _loops()],
    "loops-of-stages": [_fused(kind=_PIPELINE), _loops(kinds=(_PIPELINE, _PIPELINE))],
    "loops-counted": [
        _fused(
            _AT
            + _FUSED_BODY.replace("%k", "%at")
            .replace("%a1 =", _AT.replace("%at", "%at1") + "%a1 =")
            .replace("%x[%c0, %at] : X -> A\n%b1", "%x[%c0, %at1] : X -> A\n%b1")
            .replace("%v[%at", "%v[%at1"),
            bounds=_COUNT,
        ),
        _loops(_counted(_BODY), _counted(_BODY1), bounds=(_COUNT, _COUNT)),
    ],
    "loops-one-of-two": [
        _fused(_OTHER_PRODUCT + _FUSED_BODY, before=_ZEROS + _OTHER_LOADS),
        _loops(_OTHER_PRODUCT + _BODY, before=_ZEROS + _OTHER_LOADS),
    ],
    "loops-with-an-index-between": [
        _fused(_FUSED_BODY.replace("%v[%k, %c0]", "%v[%k, %m]"), before=_ZEROS + _ADDED),
        _loops(second=_BODY1.replace("%v[%k, %c0]", "%v[%k, %m]"), between=_ADDED),
    ],
}


def _wide(columns: int, *, fused: bool = False) -> str:
    """Sums of 32 rows and so many columns."""
    text = _fused() if fused else _loops()
    for name, shape in {"W": f"128x{columns}xi8", "O": f"32x{columns}xi32", "X": "32x128xi8"}.items():
        text = text.replace(TYPES[name], f"!tile.tensor<{shape}>")
    for name, shape in {"B": f"32x{columns}xi8", "S": f"32x{columns}xi32", "A": "32x32xi8"}.items():
        text = text.replace(TYPES[name], f"!tile.tile<{shape}>")
    return text


_STORED_BETWEEN = "%o = tile.full 1 : i8 : B\ntile.store %o, %{}[%c0, %c0] : B, W\n"

_FUSED_LOOPS["loops-that-fit"] = [_wide(512, fused=True), _wide(512)]

_KEPT_LOOPS = {
    "no-room": _wide(528),
    "kinds": _loops(kinds=("scf.for", "tile.pipeline stages(2)")),
    "stages": _loops(kinds=(_PIPELINE, "tile.pipeline stages(3)")),
    "begins": _loops(bounds=(WHOLE, "%c32 to %c128 step %c32")),
    "ends": _loops(bounds=(WHOLE, "%c0 to %c96 step %c32")),
    "steps": _loops(bounds=(WHOLE, "%c0 to %c128 step %c64")),
    "left": _loops(second=_BODY1.replace("%x[", "%y[")),
    "left-column": _loops(second=_BODY1.replace("%x[%c0, %k]", "%x[%c0, %c32]")),
    "left-computed": _loops(
        second="%at = arith.addi %k, %c0 : index\n" + _BODY1.replace("%x[%c0, %k]", "%x[%c0, %at]"),
        first="%at = arith.subi %k, %c0 : index\n" + _BODY.replace("%x[%c0, %k]", "%x[%c0, %at]"),
    ),
    "left-times": _loops(
        second="%at = arith.muli %k, %c1 : index\n" + _BODY1.replace("%x[%c0, %k]", "%x[%c0, %at]"),
        first="%at = arith.muli %k, %c0 : index\n" + _BODY.replace("%x[%c0, %k]", "%x[%c0, %at]"),
    ),
    "left-filled": _loops(_BODY.replace("tile.load %x[%c0, %k] : X ->", "tile.full 1 : i8 :")),
    "left-filled-after": _loops(second=_BODY1.replace("tile.load %x[%c0, %k] : X ->", "tile.full 1 : i8 :")),
    "stores": _loops(_BODY.replace("yield", "tile.store %s, %out1[%c0, %c0] : S, O\nyield")),
    "stores-after": _loops(second=_BODY1.replace("yield", "tile.store %s, %out[%c0, %c0] : S, O\nyield")),
    "stored": _loops(between=_STORED_BETWEEN.format("v")),
    "continued": _loops(start="%sum"),
    "needs-the-first": _loops(
        between=times("%more", "acc(%sum)", "%a9, %b9"), before=_ZEROS + loads("%c0", "9"), start="%more"
    ),
    "loaded-between": _loops(between="%e = tile.load %out1[%c0, %c0] : O -> S\n", start="%e"),
    "chosen-between": _loops(
        between="%i = scf.if %flag -> (index) {\nscf.yield %c0 : index\n} else {\nscf.yield %c0 : index\n}\n",
        second=_BODY1.replace("%v[%k, %c0]", "%v[%k, %i]"),
    ),
}

FUSED_ALIKE = {f"fused-{name}": Alike(_PASS, texts) for name, texts in _FUSED.items()} | {
    f"fused-{name}": Alike(_LOOPS, texts) for name, texts in _FUSED_LOOPS.items()
}
"""By name."""

FUSED_APART = {f"fused-{name}": Apart(_PASS, text) for name, text in _KEPT.items()} | {
    f"fused-loops-{name}": Apart(_LOOPS, text) for name, text in _KEPT_LOOPS.items()
}
"""By name."""
