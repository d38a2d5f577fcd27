"""Kernels of the vector core as text: the tiles they use, and what they do to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SLOT_BYTES = 8192
"""Room for each tile; none is larger."""

_F32 = "16x32xf32"
_F16 = "16x32xf16"
_I32 = "16x32xi32"
_I16 = "16x32xi16"
_COLUMN = "16x1xf32, blayout=col_major"


@dataclass(frozen=True)
class Program:
    """A kernel `vector`, whose arguments are pointers to the inputs and to the other outputs, then `arguments`.

    Attributes:
        tiles: types of tiles in Vec by their names, each with memory of its own.
        body: instructions; operand lists without types.
        inputs: tiles that are loaded before.
        outputs: tiles that are stored after.
        arguments: types of more arguments by their names.
        constants: types and values of scalars by their names.
    """

    tiles: Mapping[str, str]
    body: str
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    arguments: Mapping[str, str] | None = None
    constants: Mapping[str, tuple[str, str]] | None = None

    @property
    def text(self) -> str:
        """The program at level 4: every tile has an address, flags and barriers are in place."""
        moved = dict.fromkeys((*self.inputs, *self.outputs))
        parameters = [f"%{name}_p: !pto.ptr<{_element(self.tiles[name])}>" for name in moved]
        parameters += [f"%{name}: {type_}" for name, type_ in (self.arguments or {}).items()]
        lines = [
            f"func.func @vector({', '.join(parameters)}) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{",
            "%c0 = arith.constant 0 : index",
            "%c1 = arith.constant 1 : index",
            *(f"%{name} = arith.constant {value} : {type_}" for name, (type_, value) in self._constants.items()),
            *(self._allocated(name, index) for index, name in enumerate(self.tiles)),
            *map(self._window, moved),
            *(f"pto.tload ins(%{name}_w : {_window(self.tiles[name])}) {self._outs(name)}" for name in self.inputs),
            *_flag("MTE2", "V"),
            *self._instructions(),
            *_flag("V", "MTE3"),
            *(
                f"pto.tstore ins(%{name} : {_tile(self.tiles[name])}) outs(%{name}_w : {_window(self.tiles[name])})"
                for name in self.outputs
            ),
            "return",
            "}",
        ]
        return "\n".join(lines)

    @property
    def _constants(self) -> Mapping[str, tuple[str, str]]:
        return self.constants or {}

    def _allocated(self, name: str, index: int) -> str:
        address = f"%{name}_a = arith.constant {index * _SLOT_BYTES} : i64\n"
        return f"{address}%{name} = pto.alloc_tile addr = %{name}_a : {_tile(self.tiles[name])}"

    def _window(self, name: str) -> str:
        rows, columns = _valid(self.tiles[name])
        element = _element(self.tiles[name])
        view = f"!pto.tensor_view<?x?x{element}>"
        return f"""%{name}_r = arith.constant {rows} : index
            %{name}_c = arith.constant {columns} : index
            %{name}_v = pto.make_tensor_view %{name}_p, shape = [%{name}_r, %{name}_c], strides = [%{name}_c, %c1]
              : {view}
            %{name}_w = pto.partition_view %{name}_v, offsets = [%c0, %c0], sizes = [%{name}_r, %{name}_c]
              : {view} -> {_window(self.tiles[name])}"""

    def _outs(self, name: str) -> str:
        return f"outs(%{name} : {_tile(self.tiles[name])})"

    def _instructions(self) -> list[str]:
        """The body, one instruction a line, with types, and with barriers between instructions."""
        types = {name: _tile(type_) for name, type_ in self.tiles.items()} | {"c0": "index", "c1": "index"}
        types |= dict(self.arguments or {}) | {name: type_ for name, (type_, _) in self._constants.items()}

        def add(found: re.Match[str]) -> str:
            names = re.findall(r"%(\w+)", found[2])
            return f"{found[1]}({found[2]} : {', '.join(types[name] for name in names)})"

        lines = [re.sub(r"(ins|outs)\(([^)]*)\)", add, line.strip()) for line in self.body.strip().splitlines()]
        return "\npto.barrier <PIPE_V>\n".join(lines).splitlines()


def _flag(source: str, target: str) -> tuple[str, str]:
    pipes = f"[<PIPE_{source}>, <PIPE_{target}>, <EVENT_ID0>]"
    return f"pto.set_flag{pipes}", f"pto.wait_flag{pipes}"


def _tile(type_: str) -> str:
    return f"!pto.tile_buf<vec, {type_}>"


def _window(type_: str) -> str:
    rows, columns = _valid(type_)
    return f"!pto.partition_tensor_view<{rows}x{columns}x{_element(type_)}>"


def _element(type_: str) -> str:
    return type_.split(",")[0].split("x")[2]


def _valid(type_: str) -> tuple[str, str]:
    found = re.search(r"valid=(\d+)x(\d+)", type_) or re.match(r"(\d+)x(\d+)x", type_)
    assert found is not None
    return found[1], found[2]


FAMILIES: Mapping[str, Program] = {
    "arithmetic": Program(
        {"a": _F32, "b": _F32, "c": _F32, "d": _F32, "m": _I32, "n": _I32, "t": "16x32xui8", "row": "16x32xf32"},
        """
        pto.tadd ins(%a, %b) outs(%d)
        pto.tsub ins(%a, %b) outs(%d)
        pto.tmul ins(%a, %b) outs(%d)
        pto.tdiv ins(%a, %b) outs(%d)
        pto.tmax ins(%a, %b) outs(%d)
        pto.tmin ins(%a, %b) outs(%d)
        pto.tfmod ins(%a, %b) outs(%d)
        pto.trem ins(%a, %b, %row) outs(%d)
        pto.tprelu ins(%a, %b, %t) outs(%d)
        pto.taddc ins(%a, %b, %c) outs(%d)
        pto.tsubc ins(%a, %b, %c) outs(%d)
        pto.tpartadd ins(%a, %b) outs(%d)
        pto.tpartmul ins(%a, %b) outs(%d)
        pto.tpartmax ins(%a, %b) outs(%d)
        pto.tpartmin ins(%a, %b) outs(%d)
        pto.tneg ins(%m) outs(%n)
        """,
    ),
    "functions": Program(
        {"a": _F32, "d": _F32, "t": _F32},
        """
        pto.tabs ins(%a) outs(%d)
        pto.texp ins(%a) outs(%d)
        pto.tlog ins(%a) outs(%d)
        pto.tsqrt ins(%a) outs(%d)
        pto.trsqrt ins(%a) outs(%d)
        pto.trsqrt ins(%a, %t) outs(%d)
        pto.trecip ins(%a) outs(%d)
        pto.trelu ins(%a) outs(%d)
        pto.tneg ins(%a) outs(%d)
        """,
    ),
    "scalars": Program(
        {"a": _F32, "b": _F32, "d": _F32, "t": _F32, "h": _F16, "g": _F16, "i": _I16, "j": _I16},
        """
        pto.tadds ins(%a, %x) outs(%d)
        pto.tsubs ins(%a, %x) outs(%d)
        pto.tmuls ins(%a, %x) outs(%d)
        pto.tmaxs ins(%a, %x) outs(%d)
        pto.tmins ins(%a, %x) outs(%d)
        pto.tdivs ins(%a, %x) outs(%d)
        pto.tdivs ins(%x, %a) outs(%d)
        pto.tfmods ins(%a, %x) outs(%d)
        pto.trems ins(%a, %x, %t) outs(%d)
        pto.taxpy ins(%a, %x) outs(%d)
        pto.tlrelu ins(%a, %x) outs(%d)
        pto.texpands ins(%x) outs(%d)
        pto.taddsc ins(%a, %x, %b) outs(%d)
        pto.tsubsc ins(%a, %x, %b) outs(%d)
        pto.tadds ins(%h, %x) outs(%g)
        pto.tmuls ins(%h, %n) outs(%g)
        pto.tadds ins(%a, %n) outs(%d)
        pto.tadds ins(%i, %n) outs(%j)
        """,
        arguments={"x": "f32", "n": "i32"},
    ),
    "bits": Program(
        {"a": _I16, "b": _I16, "d": _I16, "t": _I16},
        """
        pto.tand ins(%a, %b) outs(%d)
        pto.tor ins(%a, %b) outs(%d)
        pto.txor ins(%a, %b, %t) outs(%d)
        pto.tnot ins(%a) outs(%d)
        pto.tshl ins(%a, %b) outs(%d)
        pto.tshr ins(%a, %b) outs(%d)
        pto.tands ins(%a, %x) outs(%d)
        pto.tors ins(%a, %x) outs(%d)
        pto.txors ins(%a, %x, %t) outs(%d)
        pto.tshls ins(%a, %n) outs(%d)
        pto.tshrs ins(%a, %n) outs(%d)
        """,
        arguments={"x": "i16", "n": "i32"},
    ),
    "selection": Program(
        {"a": _F32, "b": _F32, "d": _F32, "mask": "16x32xui8", "t": "16x32xui8"},
        """
        pto.tcmp ins(%a, %b {cmpMode = #pto<cmp ge>}) outs(%mask)
        pto.tcmps ins(%a, %x {cmpMode = #pto<cmp le>}) outs(%mask)
        pto.tsel ins(%mask, %a, %b, %t) outs(%d)
        pto.tsels ins(%mask, %a, %t, %x) outs(%d)
        """,
        arguments={"x": "f32"},
    ),
    "rows": Program(
        {"a": _F32, "b": _F32, "t": _F32, "col": _COLUMN, "d": _F32},
        """
        pto.trowsum ins(%a, %t) outs(%col)
        pto.trowmax ins(%a, %t) outs(%col)
        pto.trowmin ins(%a, %t) outs(%col)
        pto.trowprod ins(%a, %t) outs(%col)
        pto.trowexpand ins(%col) outs(%d)
        pto.trowexpandadd ins(%a, %col) outs(%d)
        pto.trowexpandsub ins(%a, %col) outs(%d)
        pto.trowexpandmul ins(%a, %col) outs(%d)
        pto.trowexpanddiv ins(%a, %col) outs(%d)
        pto.trowexpandmax ins(%a, %col) outs(%d)
        pto.trowexpandmin ins(%a, %col) outs(%d)
        pto.trowexpandexpdif ins(%a, %col) outs(%d)
        pto.trowexpandsub ins(%a, %col, %t) outs(%d)
        pto.trowexpandmul ins(%a, %col, %t) outs(%d)
        pto.trowexpanddiv ins(%a, %col, %t) outs(%d)
        pto.trowexpandmax ins(%a, %col, %t) outs(%d)
        pto.trowexpandmin ins(%a, %col, %t) outs(%d)
        pto.trowexpandexpdif ins(%a, %col, %t) outs(%d)
        """,
    ),
    "columns": Program(
        {"a": _F32, "t": _F32, "row": "1x32xf32", "d": _F32},
        """
        pto.tcolsum ins(%a) outs(%row)
        pto.tcolsum ins(%a, %t {isBinary = true}) outs(%row)
        pto.tcolmax ins(%a) outs(%row)
        pto.tcolmin ins(%a) outs(%row)
        pto.tcolprod ins(%a) outs(%row)
        pto.tcolexpand ins(%row) outs(%d)
        pto.tcolexpandadd ins(%a, %row) outs(%d)
        pto.tcolexpandsub ins(%a, %row) outs(%d)
        pto.tcolexpandmul ins(%a, %row) outs(%d)
        pto.tcolexpanddiv ins(%a, %row) outs(%d)
        pto.tcolexpandmax ins(%a, %row) outs(%d)
        pto.tcolexpandmin ins(%a, %row) outs(%d)
        pto.tcolexpandexpdif ins(%a, %row) outs(%d)
        """,
    ),
    "conversion": Program(
        {"a": _F32, "n": _I32, "q": "16x32xi8", "u": "16x32xui8", "col": _COLUMN, "off": _COLUMN, "d": _F32},
        """
        pto.tcvt ins(%a) outs(%n)
        pto.tcvt ins(%a {rmode = #pto<round_mode TRUNC>, sat_mode = #pto<saturation_mode OFF>}) outs(%n)
        pto.tcvt ins(%a {rmode = #pto<round_mode CEIL>, sat_mode = #pto<saturation_mode ON>}) outs(%n)
        pto.tquant ins(%a, %col) outs(%q) {quant_type = #pto<quant_type INT8_SYM>}
        pto.tquant ins(%a, %col, %off) outs(%u) {quant_type = #pto<quant_type INT8_ASYM>}
        pto.tdequant ins(%q, %col, %off) outs(%d)
        """,
    ),
    "rearrangement": Program(
        {
            "a": _F32,
            "b": _F32,
            "d": _F32,
            "t": _F32,
            "tall": "32x16xf32",
            "wide": "16x64xf32",
            "i": _I32,
            "j": _I32,
            "blocks": "16x8xui32",
            "short": "16x32xf32, valid=8x20",
            "padded": "16x32xf32, pad=1",
            "large": "32x32xf32, pad=2",
        },
        """
        pto.ttrans ins(%a, %t) outs(%tall)
        pto.tconcat ins(%a, %b) outs(%wide)
        pto.tgather ins(%a, %i, %j) outs(%d)
        pto.tgather ins(%a, {maskPattern = #pto.mask_pattern<P0101>}) outs(%d)
        pto.tgatherb ins(%a, %blocks) outs(%d)
        pto.tscatter ins(%a, %i) outs(%d)
        pto.tfillpad ins(%short) outs(%padded)
        pto.tfillpad_inplace ins(%short) outs(%padded)
        pto.tfillpad_expand ins(%short) outs(%large)
        pto.tsetval ins(%p, %x) outs(%d)
        pto.tprint ins(%d)
        """,
        arguments={"p": "index", "x": "f32"},
    ),
    "sequences": Program(
        {"n": "1x64xi32", "d": _F32, "src": _F32, "idx": "16x32xui32", "wide": "16x64xf32", "t": _F32}
        | dict.fromkeys(("list", "sorted"), "1x256xf32"),
        """
        pto.tci ins(%x) outs(%n)
        pto.tci ins(%x {descending = true}) outs(%n)
        pto.ttri ins(%x) outs(%d)
        pto.ttri ins(%x {upperOrLower = 1 : i32}) outs(%d)
        pto.tsort32 ins(%src, %idx) outs(%wide)
        pto.tsort32 ins(%src, %idx, %t) outs(%wide)
        pto.tmrgsort ins(%list, %length) outs(%sorted)
        """,
        arguments={"x": "i32"},
        constants={"length": ("i32", "64")},
    ),
}
"""Kernels that together use nearly every form of the vector instructions of a2a3; they compile only.

The simulator as built here has no reductions that give places, no conversion with a scratch tile and no gathering by
comparison.
"""

ARITHMETIC = Program(
    {"a": _F32, "b": _F32, "sum": _F32, "shifted": _F32, "power": _F32, "whole": _I32},
    """
    pto.tadd ins(%a, %b) outs(%sum)
    pto.tadds ins(%a, %x) outs(%shifted)
    pto.texp ins(%a) outs(%power)
    pto.tcvt ins(%b {rmode = #pto<round_mode FLOOR>}) outs(%whole)
    """,
    inputs=("a", "b"),
    outputs=("sum", "shifted", "power", "whole"),
    arguments={"x": "i32"},
)

SUMS_OF_THREE = Program(
    {"a": _F32, "b": _F32, "c": _F32, "sum": _F32, "difference": _F32},
    """
    pto.taddc ins(%a, %b, %c) outs(%sum)
    pto.tsubsc ins(%a, %x, %c) outs(%difference)
    pto.tsubc ins(%a, %b, %c) outs(%c)
    """,
    inputs=("a", "b", "c"),
    outputs=("sum", "difference", "c"),
    constants={"x": ("f32", "0.5")},
)

REDUCTIONS = Program(
    {"a": _F32, "t": _F32, "sums": _COLUMN, "scaled": _F32, "largest": "1x32xf32"},
    """
    pto.trowsum ins(%a, %t) outs(%sums)
    pto.trowexpandmul ins(%a, %sums) outs(%scaled)
    pto.tcolmax ins(%a) outs(%largest)
    """,
    inputs=("a",),
    outputs=("sums", "scaled", "largest"),
)

SELECTION = Program(
    {"a": "16x64xf32", "b": "16x64xf32", "mask": "16x32xui8, valid=16x8", "t": "16x32xui8", "chosen": "16x64xf32"},
    """
    pto.tcmp ins(%a, %b {cmpMode = #pto<cmp gt>}) outs(%mask)
    pto.tsel ins(%mask, %a, %b, %t) outs(%chosen)
    """,
    inputs=("a", "b"),
    outputs=("mask", "chosen"),
)

REARRANGEMENT = Program(
    {
        "a": _F32,
        "places": _I32,
        "t": _F32,
        "scratch": _I32,
        "turned": "32x16xf32",
        "gathered": _F32,
        "part": "16x32xf32, valid=8x20",
        "padded": "16x32xf32, pad=2",
        "count": "1x64xi32",
    },
    """
    pto.ttrans ins(%a, %t) outs(%turned)
    pto.tgather ins(%a, %places, %scratch) outs(%gathered)
    pto.tfillpad ins(%part) outs(%padded)
    pto.tci ins(%start {descending = true}) outs(%count)
    """,
    inputs=("a", "places", "part"),
    outputs=("turned", "gathered", "padded", "count"),
    constants={"start": ("i32", "70")},
)

SORT = Program(
    {"a": "1x128xf32", "index": "1x128xui32", "pairs": "1x256xf32", "sorted": "1x256xf32"},
    """
    pto.tsort32 ins(%a, %index) outs(%pairs)
    pto.tmrgsort ins(%pairs, %length) outs(%sorted)
    """,
    inputs=("a", "index"),
    outputs=("pairs", "sorted"),
    constants={"length": ("i32", "64")},
)
"""Values with their places: first every 32 in order, then all 128."""
