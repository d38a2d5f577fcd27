"""Small cube programs that say one thing in several ways, or almost the same thing, for the passes that look for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TYPES = {
    "A": "!tile.tile<16x32xi8>",
    "B": "!tile.tile<32x32xi8>",
    "S": "!tile.tile<16x32xi32>",
    "X": "!tile.tensor<16x128xi8>",
    "W": "!tile.tensor<128x32xi8>",
    "O": "!tile.tensor<16x32xi32>",
}
_ARGUMENTS = "%x: X, %y: X, %w: W, %v: W, %out: O, %out1: O, %n: index, %flag: i1"


@dataclass(frozen=True)
class Alike:
    """Programs that a pass makes one.

    Attributes:
        pipeline: the pass.
        texts: the programs; the pass leaves the first as it is, if any.
    """

    pipeline: str
    texts: Sequence[str]


@dataclass(frozen=True)
class Apart:
    """A program that a pass leaves as it is: what it looks for is not there, though almost."""

    pipeline: str
    text: str


def program(body: str, arguments: str = _ARGUMENTS) -> str:
    """A function; `A` stands for a type, `T(5x32xi8)` for that of a tile, `N(…)` for that of a tensor, `%c3` for 3."""
    numbers = sorted({int(number) for number in re.findall(r"%c(\d+)\b", body)})
    constants = "\n".join(f"%c{number} = arith.constant {number} : index" for number in numbers)
    text = f"func.func @kernel({arguments}) {{\n{constants}\n{body.strip()}\nfunc.return\n}}\n"
    text = re.sub(r"(?<=[\s(])([ABSXWO])\b", lambda found: TYPES[found[1]], text)
    text = re.sub(r"\bT\(([^()]*)\)", r"!tile.tile<\1>", text)
    return re.sub(r"\bN\(([^()]*)\)", r"!tile.tensor<\1>", text)


def loads(at: str = "%k", tail: str = "", *, left: str = "%x", right: str = "%w") -> str:
    """Both operands of a turn: `%a` and `%b`, with `tail` behind their names."""
    return f"""
%a{tail} = tile.load {left}[%c0, {at}] : X -> A
%b{tail} = tile.load {right}[{at}, %c0] : W -> B
"""


def times(result: str, acc: str = "", operands: str = "%a, %b", parts: int = 1) -> str:
    """A product, or a turn of a sum: `acc` is what stands before its operands."""
    kinds, results = ", ".join(["A", *["B"] * parts]), ", ".join(["S"] * parts)
    return f"{result} = tile.matmul {acc} {operands} : {kinds} -> {results}\n"


def loop(carried: str, bounds: str, body: str, kind: str = "scf.for", results: str = "%sum") -> str:
    """A loop that carries accumulators; the body ends with what its `yield` hands on, behind the word."""
    count = carried.count("=")
    types = ", ".join(["S"] * count)
    end = "scf.yield" if kind == "scf.for" else "tile.yield"
    rest, _, yielded = body.rpartition("yield ")
    return f"""
{results} = {kind} %k = {bounds} iter_args({carried}) -> ({types}) {{
{rest}
{end} {yielded.strip()} : {types}
}}
"""


STORE = "tile.store %sum, %out[%c0, %c0] : S, O\n"
STORES = "tile.store %sum, %out[%c0, %c0] : S, O\ntile.store %sum1, %out1[%c0, %c0] : S, O\n"
ROUND = "%c32 to %c128 step %c32"
WHOLE = "%c0 to %c128 step %c32"
EMPTY = "%empty = tile.empty : S\n"
ZERO = "%zero = tile.full 0 : i32 : S\n"
