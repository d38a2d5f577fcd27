"""Generated programs of the vector core: tiles, instructions on them, loads and stores, loops and branches.

The text has neither addresses nor flags. All tiles are loaded first and stored at the end, so that each has a value at
any time and each difference is seen. While a program is drawn it is a tree of steps, which then is played in numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from tilewright.execution.dtypes import DTYPES, Array

from .generated_places import rearrangement
from .generated_programs import Generated, Output
from .generated_steps import (
    COMPARISONS,
    CONVERSIONS,
    INSTRUCTIONS,
    ROUNDINGS,
    SATURATIONS,
    Instruction,
    converted,
)
from .generated_tiles import NAMES, Play, State, Tiles, random_data, view_type

_BLOCKS = 4
"""Parts of each array that loads and stores in loops walk through."""


@dataclass
class _Writer(Tiles):
    """Draws one program."""

    def body(self, depth: int, loop: str | None) -> tuple[list[str], list[Play]]:
        """Some statements."""
        lines: list[str] = []
        plays: list[Play] = []
        for _ in range(self.draw(st.integers(1, 6))):
            more, play = self.statement(depth, loop)
            lines += more
            plays.append(play)
        return lines, plays

    def statement(self, depth: int, loop: str | None) -> tuple[list[str], Play]:
        """One statement."""
        families = ["binary", "unary", "scalars", "rows", "columns", "convert", "compare", "load", "store"]
        families += ["places", "places"] * (not self.dynamic) + ["for", "if"] * (depth > 0)
        match self.draw(st.sampled_from(families)):
            case "for":
                return self._loop(depth)
            case "if":
                return self._branch(depth, loop)
            case "load" | "store" as which:
                return self._transfer(which, loop)
            case "convert":
                return self._conversion()
            case "compare":
                return self._selection()
            case "places":
                return rearrangement(self)
            case family:
                return self._instruction(family)

    def _loop(self, depth: int) -> tuple[list[str], Play]:
        name, trips = self.fresh("k"), self.draw(st.integers(0, _BLOCKS))
        bound, known = ("%trips", _BLOCKS - 1) if self.draw(st.booleans()) else (f"%c{trips}", trips)
        lines, plays = self.body(depth - 1, name)

        def play(state: State) -> None:
            before = state.turn
            for turn in range(known):
                state.turn = turn
                for each in plays:
                    each(state)
            state.turn = before

        return [f"scf.for %{name} = %c0 to {bound} step %c1 {{", *lines, "}"], play

    def _branch(self, depth: int, loop: str | None) -> tuple[list[str], Play]:
        first, then = self.body(depth - 1, loop)
        second, otherwise = self.body(depth - 1, loop) if self.draw(st.booleans()) else ([], [])
        taken = self.fresh("b")
        if loop is None or self.draw(st.booleans()):
            head = f"%{taken} = arith.cmpi sgt, %flag, %c0 : index"
            decide: Callable[[State], bool] = lambda state: True  # noqa: E731
        else:
            head = f"%{taken} = arith.cmpi slt, %{loop}, %c2 : index"
            decide = lambda state: state.turn < 2  # noqa: E731

        def play(state: State) -> None:
            for each in then if decide(state) else otherwise:
                each(state)

        middle = ["} else {", *second] if second else []
        return [head, f"scf.if %{taken} {{", *first, *middle, "}"], play

    def _transfer(self, which: str, loop: str | None) -> tuple[list[str], Play]:
        """Load a tile from, or store it to, the block of an array that the loop has reached."""
        element = self.draw(st.sampled_from(list(self.elements)))
        tile = self.pick("f", element)
        array = ("in" if which == "load" else "out") + NAMES[element]
        row, window = self.fresh("at"), self.fresh("w")
        view, part = view_type(element), self.part(element, self.valid)
        index = f"%{loop}" if loop else "%c1"
        lines = [
            f"%{row} = arith.muli {index}, %vr : index",
            f"%{window} = pto.partition_view %{array}_v, offsets = [%{row}, %c0], sizes = [%vr, %vc] "
            f": {view} -> {part}",
        ]
        typed = f"%{tile} : {self.tiles[tile].type}"
        inside = loop is not None

        def play(state: State) -> None:
            block = state.turn if inside else 1
            if which == "load":
                state.tiles[tile] = state.arrays[array][block]
            else:
                state.arrays[array][block] = state.tiles[tile]

        if which == "load":
            return [*lines, f"pto.tload ins(%{window} : {part}) outs({typed})"], play
        return [*lines, f"pto.tstore ins({typed}) outs(%{window} : {part})"], play

    def part(self, element: str, valid: tuple[int, int]) -> str:
        """The type of a window."""
        extents = "?x?" if self.dynamic else f"{valid[0]}x{valid[1]}"
        return f"!pto.partition_tensor_view<{extents}x{element}>"

    def _instruction(self, family: str) -> tuple[list[str], Play]:
        known = [each for each in INSTRUCTIONS[family] if set(each.elements) & set(self.elements)]
        chosen = self.draw(st.sampled_from(known))
        element = self.draw(st.sampled_from([each for each in chosen.elements if each in self.elements]))
        dtype = DTYPES[element]
        names: list[str] = []
        types: list[str] = []
        values: list[str | Array | float | int] = []
        for kind in chosen.operands:
            match kind:
                case "x" | "e" | "h" | "n":
                    number = self.draw(st.integers(0, 15) if kind == "n" else st.integers(-9, 9))
                    type_ = {"h": "f32", "n": "i32", "e": element}.get(kind, "f32" if dtype.kind == "f" else element)
                    value: float = number / 4 if type_[0] == "f" else number
                    if chosen.name in ("divs", "fmods", "rems"):
                        value = number or 5
                    names.append(self.scalar(type_, value))
                    types.append(type_)
                    values.append(dtype.type(value) if kind in "xe" else value)
                case "s":
                    names.append(self.scratch(element))
                case "b":
                    names.append(self.scratch("ui8"))
                case _:
                    names.append(self._source(kind, element, names if chosen.apart else ()))
                    values.append(names[-1])
            if names[-1] in self.tiles:
                types.append(self.tiles[names[-1]].type)
        target = self.destination(chosen, element, names)
        outs = f"outs(%{target} : {self.tiles[target].type})"
        ins = f"ins({', '.join(f'%{name}' for name in names)}{chosen.more} : {', '.join(types)})"
        play = self.computes(chosen.reference, values, target)
        return [f"pto.t{chosen.name} {ins} {outs}"], _spoiling(names[0], play) if chosen.spoils else play

    def _source(self, kind: str, element: str, others: Sequence[str]) -> str:
        """A tile of a kind that is none of some others."""
        name = self.pick(kind, element)
        if name not in others:
            return name
        return next(each for each in (self.tile(kind, element, number) for number in range(3)) if each not in others)

    def destination(self, chosen: Instruction, element: str, sources: Sequence[str]) -> str:
        """A tile for a result."""
        if chosen.result.isupper():
            return self.leaf(chosen.result, element, chosen.ulp)
        target = self.pick(chosen.result, element)
        if (chosen.apart or chosen.result != "f") and target in sources:
            others = [self.tile(chosen.result, element, number) for number in range(3)]
            target = next(name for name in others if name not in sources)
        return target

    def _conversion(self) -> tuple[list[str], Play]:
        known = [pair for pair in CONVERSIONS if set(pair) <= set(self.elements)]
        if not known:
            return self._instruction("unary")
        before, after = self.draw(st.sampled_from(known))
        rounding, saturation = self.draw(st.sampled_from(ROUNDINGS)), self.draw(st.sampled_from(SATURATIONS))
        source, target = self.tile("f", before, 0), self.tile("f", after, 1)
        mode = f"{{rmode = #pto<round_mode {rounding}>{saturation}}}"
        line = f"pto.tcvt ins(%{source} {mode} : {self.tiles[source].type}) outs(%{target} : {self.tiles[target].type})"
        return [line], self.computes(lambda values: converted(values, after, rounding), [source], target)

    def _selection(self) -> tuple[list[str], Play]:
        """Compare two tiles, or one with a number, and choose by the bits."""
        element = self.draw(st.sampled_from([each for each in self.elements if each != "i16"] or ["f32"]))
        mode = self.draw(st.sampled_from(list(COMPARISONS) if element != "i32" else ["eq", "ne"]))
        a, b, c = self.pick("f", element), self.pick("f", element), self.pick("f", element)
        d = self.pick("f", element)
        mask, spare = self.scratch("ui8").replace("scratch", "mask"), self.scratch("ui8")
        if mask not in self.tiles:
            self.add(mask, "ui8", (self.rows, 32), (self.valid[0], -(-self.valid[1] // 8)))
        kinds = {name: self.tiles[name].type for name in (a, b, c, d, mask, spare)}
        mark = f"{{cmpMode = #pto<cmp {mode}>}}"
        compared: list[str | Array]
        if self.draw(st.booleans()):
            lines = [f"pto.tcmp ins(%{a}, %{b} {mark} : {kinds[a]}, {kinds[b]}) outs(%{mask} : {kinds[mask]})"]
            compared = [a, b]
        else:
            value = self.draw(st.integers(-3, 3))
            type_ = "f32" if element[0] == "f" else element
            number = self.scalar(type_, value)
            lines = [f"pto.tcmps ins(%{a}, %{number} {mark} : {kinds[a]}, {type_}) outs(%{mask} : {kinds[mask]})"]
            compared = [a, DTYPES[element].type(value)]
        lines.append(
            f"pto.tsel ins(%{mask}, %{b}, %{c}, %{spare} : {kinds[mask]}, {kinds[b]}, {kinds[c]}, {kinds[spare]}) "
            f"outs(%{d} : {kinds[d]})"
        )

        def choose(x: Array, y: Array, first: Array, second: Array) -> Array:
            return np.where(COMPARISONS[mode](x, y), first, second)

        return lines, self.computes(choose, [*compared, b, c], d)


def _spoiling(tile: str, play: Play) -> Play:
    def run(state: State) -> None:
        play(state)
        state.tiles[tile] = None

    return run


@st.composite
def vector_programs(draw: st.DrawFn) -> Generated:
    """A kernel with an array for each tile, one that it loads from and one that it stores to for each element type."""
    rows, columns = draw(st.sampled_from([1, 3, 8, 16, 24])), draw(st.sampled_from([32, 64, 96]))
    valid = (rows, columns)
    if draw(st.booleans()):
        valid = (draw(st.integers(1, rows)), draw(st.integers(1, columns)))
    elements = draw(st.lists(st.sampled_from(list(NAMES)), min_size=1, max_size=3, unique=True))
    seed, dynamic = draw(st.integers(0, 2**32 - 1)), draw(st.integers(0, 3)) == 0
    writer = _Writer(draw, rows, columns, valid, dynamic, elements, np.random.default_rng(seed))
    for element in elements:
        writer.pick("f", element)
    body, plays = writer.body(2, None)
    return _assembled(writer, body, plays)


def _assembled(writer: _Writer, body: Sequence[str], plays: Sequence[Play]) -> Generated:
    """The kernel around a body, its arguments, and what they become."""
    tiles = list(writer.tiles.values())
    kept = [tile for tile in tiles if not tile.name.startswith(("scratch", "mask"))]
    rows, columns = writer.valid
    moved = {f"{way}{NAMES[element]}": element for element in writer.elements for way in ("in", "out")}
    blocks = {
        name: [random_data(writer.random, writer.valid, element) for _ in range(_BLOCKS)]
        for name, element in moved.items()
    }
    pointers = {tile.name: tile.element for tile in kept} | moved
    arguments = [f"%{name}_p: !pto.ptr<{element}>" for name, element in pointers.items()]
    lines = [
        f"func.func @kernel({', '.join(arguments)}, %trips: index, %flag: index, %vr: index, %vc: index)"
        " attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {",
        *(f"%c{number} = arith.constant {number} : index" for number in range(_BLOCKS + 1)),
        *writer.constants,
        "%all = arith.muli %vr, %c4 : index",
    ]
    for name, element in moved.items():
        lines.append(
            f"%{name}_v = pto.make_tensor_view %{name}_p, shape = [%all, %vc], strides = [%vc, %c1] "
            f": {view_type(element)}"
        )
    for tile in tiles:
        marks = ""
        if "?" in tile.type:
            places = tile.type.split("valid=")[1].split(",")[0].rstrip(">").split("x")
            marks = " valid_row = %vr" * (places[0] == "?") + " valid_col = %vc" * (places[1] == "?")
        lines.append(f"%{tile.name} = pto.alloc_tile{marks} : {tile.type}")
    for tile in kept:
        extents = []
        for axis, extent in enumerate(tile.valid):
            name = f"{tile.name}_e{axis}"
            lines.append(f"%{name} = arith.constant {extent} : index")
            extents.append(f"%{name}")
        window = f"!pto.partition_tensor_view<{tile.valid[0]}x{tile.valid[1]}x{tile.element}>"
        lines += [
            f"%{tile.name}_v = pto.make_tensor_view %{tile.name}_p, shape = [{', '.join(extents)}], "
            f"strides = [{extents[1]}, %c1] : {view_type(tile.element)}",
            f"%{tile.name}_w = pto.partition_view %{tile.name}_v, offsets = [%c0, %c0], sizes = [{', '.join(extents)}]"
            f" : {view_type(tile.element)} -> {window}",
            f"pto.tload ins(%{tile.name}_w : {window}) outs(%{tile.name} : {tile.type})",
        ]
    lines += body
    for tile in kept:
        window = f"!pto.partition_tensor_view<{tile.valid[0]}x{tile.valid[1]}x{tile.element}>"
        lines.append(f"pto.tstore ins(%{tile.name} : {tile.type}) outs(%{tile.name}_w : {window})")
    state = State({tile.name: tile.data for tile in tiles}, {name: list(parts) for name, parts in blocks.items()})
    for play in plays:
        play(state)
    outputs = [Output(at, state.tiles[tile.name], ulp=tile.ulp) for at, tile in enumerate(kept)]
    for at, name in enumerate(moved, len(kept)):
        parts = [part for part in state.arrays[name] if part is not None]
        outputs.append(Output(at, np.vstack(parts) if len(parts) == _BLOCKS else None))
    arrays = [tile.data for tile in kept] + [np.vstack(parts) for parts in blocks.values()]
    numbers = (_BLOCKS - 1, 1, rows, columns)
    return Generated("vector", "\n".join([*lines, "func.return", "}"]), (*arrays, *numbers), tuple(outputs))
