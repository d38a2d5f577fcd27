"""Generated programs, each with its arguments and with what numpy says they become.

Three families:

* `tile`: matrix products of the `tile` dialect. The value engine runs the text, the physical and the native engine
  what the pipeline `a2a3` makes of it. Half of the data are whole numbers, whose sums are exact: all engines and numpy
  agree bit for bit. The other sums stay within K * 2^-24 * (|a| @ |b|) of numpy's float64 on every engine.
* `cube`: products in `pto` buffers without addresses and flags, with what the way out of Acc can do. The physical and
  the native engine run what the pipeline `pto` makes of it; whole numbers only, numpy agrees bit for bit.
* `vector`: instructions of the vector core with loops, branches and valid parts that only the launch knows
  (`generated_vectors`). Physical against native, bit for bit but for exponentials, logarithms and products of rows and
  columns, which end in tiles of their own and may differ by some units in the last place; numpy has a say wherever
  nothing but integer operations and single IEEE operations led to a tile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from tilewright.execution.dtypes import DTYPES, Array

_SUM_STEP = 2.0**-24


@dataclass(frozen=True)
class Output:
    """What an array should hold after the run.

    Attributes:
        position: of the array among the arguments.
        expected: by numpy; None where numpy has no say.
        bound: how far from it each element may be.
        ulp: how far engines may be from each other, in units of the last place.
    """

    position: int
    expected: Array | None
    bound: Array | float = 0.0
    ulp: int = 0


@dataclass(frozen=True)
class Generated:
    """A program with the function `@kernel`.

    Attributes:
        family: `tile`, `cube` or `vector`.
        text: the module.
        arguments: of the function, before the run: arrays and numbers.
        outputs: the arrays that it writes.
        exact: whether engines agree on all bits, up to the `ulp` of an output.
    """

    family: str
    text: str
    arguments: tuple[Array | float, ...]
    outputs: tuple[Output, ...]
    exact: bool = True

    @property
    def pipeline(self) -> str:
        """What makes `pto` with addresses and flags of it."""
        return "a2a3" if self.family == "tile" else "pto"


def factor(random: np.random.Generator, shape: tuple[int, int], element: str, whole: bool) -> Array:
    """All of i8; floats are small whole numbers, or any of moderate size."""
    if element == "i8":
        return random.integers(-128, 128, shape, np.int8)
    numbers = random.integers(-8, 9, shape) if whole else random.standard_normal(shape)
    return numbers.astype(DTYPES[element])


def product(a: Array, b: Array) -> tuple[Array, Array]:
    """The product in float64, which is exact for whole numbers, and how far a sum in float32 may be from it."""
    wide_a, wide_b = a.astype(np.float64), b.astype(np.float64)
    return wide_a @ wide_b, a.shape[1] * _SUM_STEP * (np.abs(wide_a) @ np.abs(wide_b))


@st.composite
def tile_programs(draw: st.DrawFn) -> Generated:
    """`out[i] = a @ b[i]` with one to three `b`, in a loop over K with any number of turns; the first may differ."""
    element = draw(st.sampled_from(["i8", "i8", "f16", "bf16", "f32"]))
    whole = element == "i8" or draw(st.booleans())
    total = "i32" if element == "i8" else "f32"
    out = draw(st.sampled_from(["f32", "f16", "bf16"])) if element != "i8" and whole else total
    parts = draw(st.integers(1, 3))
    turns = draw(st.integers(1, 7))
    step = 32 * draw(st.integers(1, 4))
    form = draw(st.sampled_from(["free", "free", "peeled", "init", "blocked", "placed"]))
    m = draw(st.one_of(st.integers(1, 40), st.sampled_from([1, 16, 32])))
    n = 16 * draw(st.integers(1, 6))
    blocks = draw(st.integers(2, 3)) if form == "blocked" else 1
    stages = draw(st.sampled_from([None, 1, 2, 3])) if form in ("free", "init", "blocked") else None
    if form == "placed":
        n, stages = draw(st.integers(1, 96)), draw(st.integers(1, 3))
    text = _tile_text(element, total, out, parts, turns, step, form, (m, n), blocks, stages)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    depth, width = step * turns, n * blocks
    a = factor(random, (m, depth), element, whole)
    weights = [factor(random, (depth, width), element, whole) for _ in range(parts)]
    results = [np.full((m, width), 77, DTYPES[out]) for _ in range(parts)]
    outputs: list[Output] = []
    for number, weight in enumerate(weights):
        value, bound = product(a, weight)
        if whole:
            with np.errstate(over="ignore"):
                value, bound = value.astype(DTYPES[out]), 0.0
        outputs.append(Output(1 + parts + number, value, bound))
    return Generated("tile", text, (a, *weights, *results), tuple(outputs), whole)


def _tile_text(
    element: str,
    total: str,
    out: str,
    parts: int,
    turns: int,
    step: int,
    form: str,
    extents: tuple[int, int],
    blocks: int,
    stages: int | None,
) -> str:
    (m, n), depth, each = extents, step * turns, range(parts)
    width = n * blocks
    rows, columns = (-(-m // 16) * 16, -(-n // 32) * 32) if form == "placed" else (m, n)
    marks = [f", valid = {m}x{step}", f", valid = {step}x{n}", f", valid = {m}x{n}"] if form == "placed" else [""] * 3
    ta, tb = f"!tile.tensor<{m}x{depth}x{element}>", f"!tile.tensor<{depth}x{width}x{element}>"
    to = f"!tile.tensor<{m}x{width}x{out}>"
    a = f"!tile.tile<{rows}x{step}x{element}{marks[0]}>"
    b = f"!tile.tile<{step}x{columns}x{element}{marks[1]}>"
    c = f"!tile.tile<{rows}x{columns}x{total}{marks[2]}>"
    totals = ", ".join([c] * parts)

    def products(at: str, column: str, tag: str, accumulators: str, more: str = "") -> list[str]:
        lines = [f"%a{tag} = tile.load %act[%c0, {at}] : {ta} -> {a}"]
        lines += [f"%b{tag}{i} = tile.load %w{i}[{at}, {column}] : {tb} -> {b}" for i in each]
        names = ", ".join(f"%r{tag}{i}" for i in each)
        factors = ", ".join(f"%b{tag}{i}" for i in each)
        matmul = f"{names} = tile.matmul {accumulators} {more} %a{tag}, {factors}"
        return [*lines, f"{matmul} : {a}, {', '.join([b] * parts)} -> {totals}"]

    arguments = [f"%act: {ta}", *(f"%w{i}: {tb}" for i in each), *(f"%out{i}: {to}" for i in each)]
    lines = [f"func.func @kernel({', '.join(arguments)}) {{"]
    constants = {"c0": 0, "step": step, "end": depth, "n": n, "width": width}
    lines += [f"%{name} = arith.constant {value} : index" for name, value in constants.items()]
    column = "%c0"
    if form == "blocked":
        lines.append("scf.for %column = %c0 to %width step %n {")
        column = "%column"
    start = "%c0"
    starts = [f"%none{i}" for i in each]
    if form in ("init", "placed"):
        lines += [f"{name} = tile.empty : {c}" for name in starts]
    elif form == "peeled":
        lines += products("%c0", column, "p", "")
        starts, start = [f"%rp{i}" for i in each], "%step"
    else:
        zero = "0 : i32" if total == "i32" else "0.0 : f32"
        lines += [f"{name} = tile.full {zero} : {c}" for name in starts]
    loop, end = ("scf.for", "scf") if stages is None else (f"tile.pipeline stages({stages})", "tile")
    sums, carried = (", ".join(f"%{name}{i}" for i in each) for name in ("sum", "s"))
    begin = ", ".join(f"%s{i} = {name}" for i, name in zip(each, starts, strict=True))
    lines.append(f"{sums} = {loop} %k = {start} to %end step %step iter_args({begin}) -> ({totals}) {{")
    more = ""
    if form in ("init", "placed"):
        lines.append("%first = arith.cmpi eq, %k, %c0 : index")
        more = "init(%first)"
    lines += products("%k", column, "", f"acc({carried})", more)
    lines += [f"{end}.yield {', '.join(f'%r{i}' for i in each)} : {totals}", "}"]
    lines += [f"tile.store %sum{i}, %out{i}[%c0, {column}] : {c}, {to}" for i in each]
    if form == "blocked":
        lines.append("}")
    return "\n".join([*lines, "func.return", "}", ""])
