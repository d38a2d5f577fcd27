"""Branches between starting a sum and adding to it, and branches that seem to be that."""

from __future__ import annotations

import re

from .forms import STORE, STORES, WHOLE, ZERO, Alike, Apart, loads, loop, program, times

_PASS = "merge-starts"
_BEFORE = loads("%c96", "9") + times("%s", "", "%a9, %b9")
_TIMES, _PLUS = times("%p", "", "%a, %b"), times("%p", "acc(%s)", "%a, %b")
_START, _ADD = loads("%c32") + _TIMES, loads("%c32") + _PLUS


def _branch(start: str, add: str, condition: str = "%flag", results: str = "%sum", types: str = "S") -> str:
    """Each arm yields `%p`, or what stands behind `yield `."""

    def arm(body: str) -> str:
        rest, *yielded = re.split(r"^yield ", body, flags=re.MULTILINE)
        return f"{rest}\nscf.yield {yielded[0] if yielded else '%p'} : {types}\n"

    return f"{results} = scf.if {condition} -> ({types}) {{\n{arm(start)}}} else {{\n{arm(add)}}}\n"


def _one(start: str = _START, add: str = _ADD, condition: str = "%flag", before: str = "") -> str:
    return program(_BEFORE + before + _branch(start, add, condition) + STORE)


def _merged(condition: str, before: str = "", mark: str = "", at: str = "%c32") -> str:
    turn = times("%sum", f"acc(%s) init({condition})", f"%a, %b{mark}")
    return program(_BEFORE + before + loads(at) + turn + STORE)


_OPPOSITES = (
    ("eq", "ne"),
    ("slt", "sge"),
    ("sle", "sgt"),
    ("ult", "uge"),
    ("ule", "ugt"),
)


def _compared(predicate: str, name: str) -> str:
    return f"{name} = arith.cmpi {predicate}, %n, %c2 : index\n"


_PAIR_BEFORE = _BEFORE + "%d9 = tile.load %v[%c96, %c0] : W -> B\n" + times("%r", "", "%a9, %d9")
_PAIR_LOADS = loads("%c32") + "%d = tile.load %v[%c32, %c0] : W -> B\n"
_BOTH, _DUAL = "%a, %b, %d", ("%p, %q", "acc(%s, %r)")


def _two(start: str, add: str) -> str:
    branch = _branch(start + "yield %p, %q", add + "yield %p, %q", results="%sum, %sum1", types="S, S")
    return program(_PAIR_BEFORE + branch + STORES)


_APART_START = _PAIR_LOADS + times("%p", "", "%a, %b") + times("%q", "", "%a, %d")
_APART_ADD = _PAIR_LOADS + times("%p", "acc(%s)", "%a, %b") + times("%q", "acc(%r)", "%a, %d")

MERGED_ALIKE = {
    "merged": Alike(
        _PASS,
        [
            _merged("%flag"),
            _one(),
        ],
    ),
    # Both arms compute the index.
    "merged-index": Alike(
        _PASS,
        [
            _merged("%flag", "%at = arith.addi %n, %c32 : index\n", at="%at"),
            _one(*(arm.replace("%c32", "%at") for arm in (_START, _ADD)), before="%at = arith.addi %n, %c32 : index\n"),
            _one(*("%at = arith.addi %n, %c32 : index\n" + loads("%at") + arm for arm in (_TIMES, _PLUS))),
        ],
    ),
    "merged-else": Alike(
        _PASS,
        [_merged("%not", "%true = arith.constant true\n%not = arith.xori %flag, %true : i1\n"), _one(_ADD, _START)],
    ),
    **{
        f"merged-{one}": Alike(
            _PASS, [_merged("%not", _compared(other, "%not")), _one(_ADD, _START, "%is", _compared(one, "%is"))]
        )
        for pair in _OPPOSITES
        for one, other in (pair, pair[::-1])
    },
    "merged-marked": Alike(
        _PASS, [_merged("%flag", mark=" {mark}"), _one(add=_ADD.replace("%a, %b :", "%a, %b {mark} :"))]
    ),
    "merged-both": Alike(
        _PASS,
        [
            program(_PAIR_BEFORE + _PAIR_LOADS + times("%sum, %sum1", "acc(%s, %r) init(%flag)", _BOTH, 2) + STORES),
            _two(_PAIR_LOADS + times("%p, %q", "", _BOTH, 2), _PAIR_LOADS + times(*_DUAL, _BOTH, 2)),
        ],
    ),
    "merged-crossed": Alike(
        _PASS,
        [
            program(_PAIR_BEFORE + _PAIR_LOADS + times("%sum1, %sum", "acc(%s, %r) init(%flag)", _BOTH, 2) + STORES),
            _two(_PAIR_LOADS + times("%q, %p", "", _BOTH, 2), _PAIR_LOADS + times("%q, %p", "acc(%s, %r)", _BOTH, 2)),
        ],
    ),
    # Of two sums that one product adds to in an arm, one has begun.
    "merged-begun-apart": Alike(
        "begin-sums",
        [
            program(
                _PAIR_BEFORE
                + ZERO
                + _PAIR_LOADS
                + _branch(
                    times("%p, %q", "acc(%zero, %r)", _BOTH, 2) + "yield %p, %q",
                    "yield %zero, %r",
                    results="%t, %u",
                    types="S, S",
                )
                + times("%sum, %sum1", "acc(%t, %u)", _BOTH, 2)
                + STORES
            )
        ],
    ),
    "merged-apart": Alike(
        _PASS,
        [
            program(
                _PAIR_BEFORE
                + _PAIR_LOADS
                + times("%sum", "acc(%s) init(%flag)", "%a, %b")
                + times("%sum1", "acc(%r) init(%flag)", "%a, %d")
                + STORES
            ),
            _two(_APART_START, _APART_ADD),
        ],
    ),
}
"""By name."""

_STORED = "tile.store %p, %out1[%c0, %c0] : S, O\n"
_INDICES = """
%i, %j = scf.if %flag -> (index, index) {
  scf.yield %c0, %c32 : index, index
} else {
  scf.yield %c32, %c0 : index, index
}
"""
_CHOSEN = """
%i = scf.if %flag -> (index) {
  scf.yield %c0 : index
} else {
  scf.yield %c32 : index
}
%j = scf.if %flag -> (index) {
  scf.yield %c32 : index
} else {
  scf.yield %c0 : index
}
"""
_READ = """
%ri = tile.read %out1[%c0, %c0] : O -> i32
tile.store %s, %out1[%c0, %c0] : S, O
%rj = tile.read %out1[%c0, %c0] : O -> i32
%one = arith.constant 1 : i32
%bi = arith.andi %ri, %one : i32
%bj = arith.andi %rj, %one : i32
%i = arith.index_cast %bi : i32 to index
%j = arith.index_cast %bj : i32 to index
"""
_CHANGED = """
%ai = tile.load %x[%c0, %c32] : X -> A
%o = tile.full 1 : i8 : A
tile.store %o, %x[%c0, %c32] : A, X
%aj = tile.load %x[%c0, %c32] : X -> A
%b = tile.load %w[%c32, %c0] : W -> B
"""


def _at(before: str) -> str:
    """The arms load from two indices."""
    return _one(_START.replace("%c32", "%i"), _ADD.replace("%c32", "%j"), before=before)


def _nest(start: str = _START, add: str = _ADD) -> str:
    """The arms stand in two loops."""
    head = "scf.for %i = %c0 to %c64 step %c32 {\nscf.for %k = %c32 to %c64 step %c32 {\n"
    return program(_BEFORE + head + _branch(start, add) + STORE + "}\n}\n")


def _carried(added: str, started: str) -> str:
    """The arms stand in a loop that carries two sums, of which one may stay as it was."""
    start, add = times("%p, %q", "", _BOTH, 2), times("%p, %q", "acc(%s, %r)", _BOTH, 2)
    arms = (f"{_PAIR_LOADS}{start}yield {started}", f"{_PAIR_LOADS}{add}yield {added}")
    body = _branch(*arms, results="%t, %u", types="S, S") + "yield %t, %u"
    before = _PAIR_BEFORE.replace("%s =", "%s0 =").replace("%r =", "%r0 =")
    return program(before + loop("%s = %s0, %r = %r0", WHOLE, body, results="%sum, %sum1") + STORES)


_KEPT = {
    "stores-with-start": _one(_START + _STORED),
    "stores-with-addition": _one(add=_ADD + _STORED),
    "branches-with-start": _one(
        _START + "%e = scf.if %flag -> (index) {\nscf.yield %n : index\n} else {\nscf.yield %n : index\n}\n"
    ),
    "another-product": _one(add=_ADD + times("%q", "", "%a, %b")),
    "another-product-with-start": _one(_START + times("%q", "", "%a, %b")),
    # What the arms make is not the same product.
    "tensor": _one(add=_ADD.replace("%w[", "%v[")),
    "left-tensor": _one(add=_ADD.replace("%x[", "%y[")),
    "row": _one(add=_ADD.replace("%w[%c32", "%w[%c64")),
    "column": _one(add=_ADD.replace("%x[%c0, %c32", "%x[%c0, %c64")),
    "argument": _one(add=_ADD.replace("%x[%c0, %c32", "%x[%c0, %n")),
    "variable": _nest(_START.replace("%c32", "%i"), _ADD.replace("%c32", "%k")),
    "no-variable": _nest(add=_ADD.replace("%c32", "%k")),
    "turned": _one(add=_ADD.replace("%w[%c32, %c0]", "%w[%c32, %c0] transposed")),
    "marked-load": _one(add=_ADD.replace("%w[%c32, %c0]", "%w[%c32, %c0] {slots = 2 : i64}")),
    "other-sum": _at("%i = arith.addi %n, %c32 : index\n%j = arith.subi %n, %c0 : index\n"),
    "other-order": _at("%i = arith.subi %c32, %n : index\n%j = arith.subi %n, %c0 : index\n"),
    "chosen": _at(_CHOSEN),
    "chosen-together": _at(_INDICES),
    "read": _at(_READ),
    "changed": _one(times("%p", "", "%ai, %b"), times("%p", "acc(%s)", "%aj, %b"), before=_CHANGED),
    "filled": _one(add=_ADD.replace("tile.load %x[%c0, %c32] : X ->", "tile.full 1 : i8 :")),
    # What they do with the sum is something else.
    "no-product": _one(add="yield %s"),
    "no-start": _one("yield %s"),
    "no-product-but-numbers": _one(add="%p = tile.full 3 : i32 : S\n"),
    "start-but-numbers": _one("%p = tile.full 3 : i32 : S\n"),
    "as-it-was": _carried("%p, %s", "%p, %q"),
    "as-it-was-with-start": _carried("%p, %q", "%p, %s"),
    "both-add": _one(_ADD),
    "both-start": _one(add=_START),
    "may-start": _one(add=_ADD.replace("acc(%s)", "acc(%s) init(%less)"), before=_compared("slt", "%less")),
    "index": _two(
        _PAIR_LOADS + times("%p, %q", "", "%a, %b, %b", 2),
        _PAIR_LOADS + times("%q, %p", "acc(%s, %r)", "%a, %b, %b", 2),
    ),
    "more": _two(_PAIR_LOADS + times("%p, %q", "", _BOTH, 2), _APART_ADD),
    "by-turns": _two(
        _PAIR_LOADS + times("%p", "", "%a, %b") + times("%q", "acc(%r)", "%a, %d"),
        _PAIR_LOADS + times("%p", "acc(%s)", "%a, %b") + times("%q", "", "%a, %d"),
    ),
    "one-of-two": _two(
        _PAIR_LOADS + times("%p", "", "%a, %b") + "%q = tile.full 3 : i32 : S\n",
        _PAIR_LOADS + times("%p", "acc(%s)", "%a, %b") + "%q = tile.full 4 : i32 : S\n",
    ),
    "no-results": program(
        _BEFORE + "%sum = tile.full 0 : i32 : S\nscf.if %flag {\n" + STORE.replace("%sum", "%s") + "}\n" + STORE
    ),
}

MERGED_APART = {f"merged-{name}": Apart(_PASS, text) for name, text in _KEPT.items()}
"""By name."""
