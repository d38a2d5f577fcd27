"""Sums whose first product stands before their loop, or seems to."""

from __future__ import annotations

from .forms import EMPTY, ROUND, STORE, STORES, WHOLE, ZERO, Alike, Apart, loads, loop, program, times

_PIPELINE = "tile.pipeline stages(2)"
_PASS = "roll-peeled"
_BEFORE = loads("%c0", "0") + times("%p", "", "%a0, %b0")
_BODY = loads() + times("%t", "acc(%s)") + "yield %t"


def _peeled(before: str = _BEFORE, bounds: str = ROUND, body: str = _BODY, *, kind: str = "scf.for") -> str:
    return program(before + loop("%s = %p", bounds, body, kind) + STORE)


def _first(bounds: str, body: str, start: str, *, kind: str = "scf.for", before: str = "") -> str:
    """The loop that begins a turn earlier."""
    condition = f"%first = arith.cmpi eq, %k, {start} : index\n"
    return program(before + EMPTY + loop("%s = %empty", bounds, body.replace("FIRST", condition), kind) + STORE)


_STARTED = loads() + "FIRST" + times("%t", "acc(%s) init(%first)") + "yield %t"

_STARTED_TURN = "FIRST" + times("%t", "acc(%s) init(%first)")
_COUNTED = "%at = arith.muli %k, %c32 : index\n" + loads("%at") + "TURN" + "yield %t"

_TWO_BEFORE = (
    loads("%c0", "0") + times("%p0", "", "%a0, %b0") + loads("%c32", "1") + times("%p", "acc(%p0)", "%a1, %b1")
)
_TWO_BODY = (
    loads()
    + times("%t0", "acc(%s)")
    + "%l = arith.addi %k, %c32 : index\n"
    + loads("%l", "2")
    + times("%t", "acc(%t0)", "%a2, %b2")
    + "yield %t"
)
_TWO_STARTED = _TWO_BODY.replace(times("%t0", "acc(%s)"), "FIRST" + times("%t0", "acc(%s) init(%first)"))

_PAIR_BEFORE = loads("%c0", "0") + "%d0 = tile.load %v[%c0, %c0] : W -> B\n" + times("%p, %q", "", "%a0, %b0, %d0", 2)
_PAIR_LOADS = loads() + "%d = tile.load %v[%k, %c0] : W -> B\n"
_PAIR_TURN = times("%t, %u", "acc(%s, %r)", "%a, %b, %d", 2)


def _pair(before: str, carried: str, body: str, bounds: str = ROUND) -> str:
    return program(before + loop(carried, bounds, body, results="%sum, %sum1") + STORES)


_BASED_LOADS = """
%col = arith.subi %k, %n : index
%a = tile.load %x[%c0, %col] : X -> A
%b = tile.load %y[%k, %c0] : N(256x32xi8) -> B
"""
_BASED_BODY = _BASED_LOADS + times("%t", "acc(%s)") + "yield %t"
_BASED_STARTED = _BASED_LOADS + "FIRST" + times("%t", "acc(%s) init(%first)") + "yield %t"
_BASED = "%x: X, %y: N(256x32xi8), %out: O, %n: index"


def _based(begin: str, end: str, column: str = "%c0", row: str = "%n") -> str:
    """Bounds, and rows of one operand, from a number that only the launch knows."""
    before = f"""
%begin = {begin} : index
%end = {end} : index
%a0 = tile.load %x[%c0, {column}] : X -> A
%b0 = tile.load %y[{row}, %c0] : N(256x32xi8) -> B
"""
    text = before + times("%p", "", "%a0, %b0")
    return program(text + loop("%s = %p", "%begin to %end step %c32", _BASED_BODY) + STORE, _BASED)


def _based_first(start: str, end: str) -> str:
    begin, _, start = start.partition(";")
    before = f"{begin}%end = {end} : index\n{start}" + EMPTY
    name = "%start" if start else "%n"
    body = _BASED_STARTED.replace("FIRST", f"%first = arith.cmpi eq, %k, {name} : index\n")
    return program(before + loop("%s = %empty", f"{name} to %end step %c32", body) + STORE, _BASED)


_ODD = "%odd = arith.andi %n, %c1 : index\n"
_ODD_BEFORE = f"""
{_ODD}
%a0 = tile.load %x[%c0, %c0] : X -> A
%b0 = tile.load %w[%c0, %odd] : W -> T(32x16xi8)
%p = tile.matmul %a0, %b0 : A, T(32x16xi8) -> T(16x16xi32)
"""


def _odd(before: str, start: str, bounds: str, body: str) -> str:
    """Windows from a column that is computed anew in each turn."""
    body = f"""
%even = arith.andi %n, %c1 : index
%a = tile.load %x[%c0, %k] : X -> A
%b = tile.load %w[%k, %even] : W -> T(32x16xi8)
{body}
"""
    turn = "%t = tile.matmul acc(%s) MORE %a, %b : A, T(32x16xi8) -> T(16x16xi32)\nyield %t"
    init = "init(%first)" if "%first" in body else ""
    text = before + loop(f"%s = {start}", bounds, body + turn.replace("MORE", init)) + STORE
    return program(text).replace("!tile.tile<16x32xi32>", "!tile.tile<16x16xi32>")


_THREE = "%three = tile.full 3 : i32 : S\n"
_MORE = _THREE + _THREE.replace("%three", "%four") + times("%o, %z", "{}", "%a0, {}", 2)


def _end(body: str) -> str:
    return loads() + body + "yield %t"


_TWO_PRODUCTS = (
    loads("%c0", "0")
    + times("%p", "", "%a0, %b0")
    + "%d0 = tile.load %v[%c0, %c0] : W -> B\n"
    + times("%q", "", "%a0, %d0")
)
_TWO_TURNS = _PAIR_LOADS + times("%t", "acc(%s)") + times("%u", "acc(%r)", "%a, %d") + "yield %t, %u"

PEELED_ALIKE = {
    "peeled": Alike(
        _PASS,
        [
            _first(WHOLE, _STARTED, "%c0"),
            _peeled(),
        ],
    ),
    # What the matmul of the loop is said to be, it stays.
    "marked": Alike(
        _PASS,
        [
            _first(WHOLE, _STARTED, "%c0").replace("init(%first) %a, %b", "init(%first) %a, %b {mark}"),
            _peeled(body=_BODY.replace("acc(%s) %a, %b", "acc(%s) %a, %b {mark}")),
        ],
    ),
    "counted": Alike(
        _PASS,
        [
            _first("%c0 to %c4 step %c1", _COUNTED.replace("TURN", _STARTED_TURN), "%c0"),
            _peeled(bounds="%c1 to %c4 step %c1", body=_COUNTED.replace("TURN", times("%t", "acc(%s)"))),
        ],
    ),
    "peeled-pipeline": Alike(_PASS, [_first(WHOLE, _STARTED, "%c0", kind=_PIPELINE), _peeled(kind=_PIPELINE)]),
    # The loop does not run; a turn earlier it runs once, or just not.
    "no-turn": Alike(_PASS, [_first("%c0 to %c1 step %c32", _STARTED, "%c0"), _peeled(bounds="%c32 to %c1 step %c32")]),
    "two-a-turn": Alike(
        _PASS,
        [
            _first("%c0 to %c128 step %c64", _TWO_STARTED, "%c0"),
            _peeled(_TWO_BEFORE, "%c64 to %c128 step %c64", _TWO_BODY),
        ],
    ),
    "two-sums": Alike(
        _PASS,
        [
            _pair(
                EMPTY + "%none = tile.empty : S\n",
                "%s = %empty, %r = %none",
                _PAIR_LOADS
                + "%first = arith.cmpi eq, %k, %c0 : index\n"
                + _PAIR_TURN.replace("acc(%s, %r)", "acc(%s, %r) init(%first)")
                + "yield %t, %u",
                WHOLE,
            ),
            _pair(_PAIR_BEFORE, "%s = %p, %r = %q", _PAIR_LOADS + _PAIR_TURN + "yield %t, %u"),
        ],
    ),
    "two-sums-apart": Alike(
        _PASS,
        [
            _pair(
                EMPTY + "%none = tile.empty : S\n",
                "%s = %empty, %r = %none",
                _PAIR_LOADS
                + "%first = arith.cmpi eq, %k, %c0 : index\n"
                + times("%t", "acc(%s) init(%first)")
                + times("%u", "acc(%r) init(%first)", "%a, %d")
                + "yield %t, %u",
                WHOLE,
            ),
            _pair(_TWO_PRODUCTS, "%s = %p, %r = %q", _TWO_TURNS),
        ],
    ),
    # From where the loop begins, one step less is found: there, in either order, or computed.
    "based": Alike(
        _PASS,
        [
            _based_first("", "arith.addi %n, %c128"),
            _based("arith.addi %n, %c32", "arith.addi %n, %c128"),
            _based("arith.addi %c32, %n", "arith.addi %n, %c128"),
        ],
    ),
    "based-further": Alike(
        _PASS,
        [
            _based_first(
                "%begin = arith.addi %n, %c64 : index\n;%start = arith.subi %begin, %c32 : index\n",
                "arith.addi %n, %c128",
            ),
            _based("arith.addi %n, %c64", "arith.addi %n, %c128", "%c32", "%next").replace(
                "%a0", "%next = arith.addi %n, %c32 : index\n%a0", 1
            ),
        ],
    ),
    # A column of which only the expression says that it is the same.
    "odd": Alike(
        _PASS,
        [
            _odd(EMPTY, "%empty", WHOLE, "%first = arith.cmpi eq, %k, %c0 : index"),
            _odd(_ODD_BEFORE, "%p", ROUND, ""),
        ],
    ),
}
"""By name."""

_KEPT: dict[str, str] = {
    # What would be one step earlier is not known, is too early, or is not there.
    "step": _peeled(bounds="%c32 to %c128 step %n"),
    "end": _peeled(bounds="%c32 to %n step %c32"),
    "no-step": _peeled(
        _BEFORE.replace("%c0]", "%c32]")
        .replace("%b0 = tile.load %w[%c0", "%b0 = tile.load %w[%c32")
        .replace("32]", "0]")
        .replace("%x[%c0, %c0]", "%x[%c0, %c32]"),
        "%c32 to %c128 step %c0",
    ),
    "backward": _peeled(bounds="%c32 to %c0 step %c32"),
    "nothing-carried": program(
        "scf.for %k = %c0 to %c128 step %c32 {\n" + loads() + "}\n" + ZERO.replace("%zero", "%sum") + STORE
    ),
    # The body does more.
    "stores": _peeled(body=_BODY.replace("yield", "tile.store %s, %out1[%c0, %c0] : S, O\nyield")),
    "another-product": _peeled(body=_BODY.replace("yield", times("%u", "acc(%t)") + "yield")),
    "starts-again": _peeled(
        body=_end("%again = arith.cmpi eq, %k, %c64 : index\n" + times("%t", "acc(%s) init(%again)"))
    ),
    "starts-always": _peeled(body=_end(times("%t"))),
    "goes-elsewhere": _pair(_PAIR_BEFORE, "%s = %p, %r = %q", _PAIR_LOADS + times("%t", "acc(%s)") + "yield %r, %t"),
    "one-of-two": _pair(_BEFORE + _THREE, "%s = %p, %r = %three", loads() + times("%t", "acc(%s)") + "yield %t, %r"),
    "one-of-two-filled": _pair(
        _BEFORE + _THREE, "%s = %p, %r = %three", _end(times("%t", "acc(%s)") + _THREE.replace("%three", "%u")) + ", %u"
    ),
    # The products before the loop are not those of a turn.
    "may-start": _peeled(EMPTY + _BEFORE.replace("matmul  ", "matmul acc(%empty) init(%flag) ")),
    "begun": _peeled(loads("%c64", "1") + times("%e", "", "%a1, %b1") + _BEFORE.replace("matmul  ", "matmul acc(%e) ")),
    "not-from-zero": _peeled("%e = tile.full 3 : i32 : S\n" + _BEFORE.replace("matmul  ", "matmul acc(%e) ")),
    "no-product": _peeled("%p = tile.full 3 : i32 : S\n"),
    "crossed": _pair(_PAIR_BEFORE, "%s = %q, %r = %p", _PAIR_LOADS + _PAIR_TURN + "yield %t, %u"),
    "one-for-both": _pair(
        _BEFORE,
        "%s = %p, %r = %p",
        loads() + times("%t", "acc(%s)") + times("%u", "acc(%r)") + "yield %t, %u",
    ),
    "each-for-itself": _pair(
        loads("%c0", "0")
        + times("%p", "", "%a0, %b0")
        + "%d0 = tile.load %v[%c0, %c0] : W -> B\n"
        + times("%q", "", "%a0, %d0"),
        "%s = %p, %r = %q",
        _PAIR_LOADS + _PAIR_TURN + "yield %t, %u",
    ),
    "half": _peeled(_BEFORE, "%c64 to %c128 step %c64", _TWO_BODY),
    "further-out": program(
        _BEFORE + "scf.for %i = %c0 to %c2 step %c1 {\n" + loop("%s = %p", ROUND, _BODY) + STORE + "}\n"
    ),
    "one-may-start": _pair(
        _PAIR_BEFORE + _MORE.format("acc(%three, %four) init(%flag)", "%b0, %d0"),
        "%s = %p, %r = %z",
        _PAIR_LOADS + _PAIR_TURN + "yield %t, %u",
    ),
    "one-of-others": _pair(
        _PAIR_BEFORE + _MORE.format("", "%b0, %b0"), "%s = %p, %r = %z", _PAIR_LOADS + _PAIR_TURN + "yield %t, %u"
    ),
    "one-further-out": program(
        _PAIR_BEFORE.replace("%p, %q", "%z, %q")
        + "scf.for %i = %c0 to %c2 step %c1 {\n"
        + _PAIR_BEFORE.replace("%p, %q", "%p, %z1").replace("0 =", "2 =").replace("%a0, %b0, %d0", "%a2, %b2, %d2")
        + loop("%s = %p, %r = %q", ROUND, _PAIR_LOADS + _PAIR_TURN + "yield %t, %u", results="%sum, %sum1")
        + STORES
        + "}\n"
    ),
    # The operands are others.
    "window": _peeled(_BEFORE.replace("%x[%c0, %c0]", "%x[%c0, %c32]")),
    "row": _peeled(_BEFORE.replace("%w[%c0, %c0]", "%w[%c64, %c0]")),
    "tensor": _peeled(_BEFORE.replace("%w[", "%v[")),
    "left-tensor": _peeled(_BEFORE.replace("%x[", "%y[")),
    "turned": _peeled(_BEFORE.replace("%w[%c0, %c0]", "%w[%c0, %c0] transposed")),
    "marked": _peeled(_BEFORE.replace("%w[%c0, %c0]", "%w[%c0, %c0] {slots = 2 : i64}")),
    "no-load": _peeled(_BEFORE.replace("%a0 = tile.load %x[%c0, %c0] : X -> A", "%a0 = tile.full 1 : i8 : A")),
    "no-load-in-it": _peeled(body=_BODY.replace("%a = tile.load %x[%c0, %k] : X -> A", "%a = tile.full 1 : i8 : A")),
    "loaded-outside": _peeled(
        body="%a = tile.load %x[%c0, %k] : X -> A\n" + times("%t", "acc(%s)", "%a, %b0") + "yield %t"
    ),
    "loaded-further-out": program(
        loads("%c0", "0")
        + "scf.for %i = %c0 to %c2 step %c1 {\n"
        + times("%p", "", "%a0, %b0")
        + loop("%s = %p", ROUND, _BODY)
        + STORE
        + "}\n"
    ),
    "shorter": _peeled(
        """%a0 = tile.load %x[%c0, %c0] : X -> T(16x64xi8)
%b0 = tile.load %w[%c0, %c0] : W -> T(64x32xi8)
%p = tile.matmul %a0, %b0 : T(16x64xi8), T(64x32xi8) -> S
"""
    ),
    # Something else needs the products, or what they read has changed.
    "stored": _peeled(_BEFORE + "tile.store %p, %out1[%c0, %c0] : S, O\n"),
    "stored-later": program(
        _BEFORE + loop("%s = %p", ROUND, _BODY) + STORE + "tile.store %p, %out1[%c0, %c0] : S, O\n"
    ),
    "one-stored": _pair(
        _PAIR_BEFORE + "tile.store %q, %out1[%c0, %c0] : S, O\n",
        "%s = %p, %r = %q",
        _PAIR_LOADS + _PAIR_TURN + "yield %t, %u",
    ),
    "one-of-two-stored": _pair(
        _TWO_PRODUCTS + "tile.store %q, %out1[%c0, %c0] : S, O\n", "%s = %p, %r = %q", _TWO_TURNS
    ),
    "changed": _peeled(_BEFORE + "%o = tile.full 1 : i8 : B\ntile.store %o, %w[%c0, %c0] : B, W\n"),
    "left-changed": _peeled(_BEFORE + "%o = tile.full 1 : i8 : A\ntile.store %o, %x[%c0, %c0] : A, X\n"),
}

PEELED_APART = {f"peeled-{name}": Apart(_PASS, text) for name, text in _KEPT.items()}
"""By name."""
