"""Whole programs of the `pto` dialect that ptoas takes at level 2, drawn at random: `programs()` gives their text."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

SIZES = st.sampled_from([16, 32, 64])
ELEMENTS = ("f32", "f16", "i32", "i16")
FLOATS = ("f32", "f16")

BINARY = {
    **dict.fromkeys(("tadd", "tsub", "tmul", "tmax", "tmin", "tpartadd", "tpartmax"), ELEMENTS),
    "tdiv": FLOATS,
    **dict.fromkeys(("tand", "tor"), ("i16",)),
    **dict.fromkeys(("tshl", "tshr"), ("i16", "i32")),
}
UNARY = {
    **dict.fromkeys(("texp", "tlog", "tsqrt", "trsqrt", "tabs"), FLOATS),
    "tneg": ELEMENTS,
    "trelu": ("f32", "f16", "i32"),
    "tnot": ("i16",),
}
WITH_SCALAR = dict.fromkeys(("tadds", "tsubs", "tmuls", "tmaxs", "tmins", "tdivs"), ELEMENTS)
ROW_REDUCTIONS = ("trowsum", "trowmax", "trowmin")
COLUMN_REDUCTIONS = ("tcolmax", "tcolmin", "tcolsum")
ROW_BROADCASTS = ("trowexpandsub", "trowexpandmul", "trowexpandadd", "trowexpandmax")
COLUMN_BROADCASTS = ("tcolexpandadd", "tcolexpandmul", "tcolexpandsub")
ROUNDING = ("RINT", "ROUND", "FLOOR", "CEIL", "TRUNC")


@dataclass
class Writer:
    """The lines of a program so far, and the constants that they need."""

    lines: list[str] = field(default_factory=list[str])
    constants: dict[int, str] = field(default_factory=dict[int, str])
    count: int = 0

    def name(self) -> str:
        """A value that has no definition yet."""
        self.count += 1
        return f"%v{self.count}"

    def index(self, number: int) -> str:
        """A constant of type index."""
        return self.constants.setdefault(number, f"%c{number}")

    def add(self, *lines: str) -> None:
        """Write lines."""
        self.lines += lines


def vec(rows: int, columns: int, element: str, layout: str = "", *, short: bool = True) -> str:
    """The type of a tile in Vec, in one of its two forms."""
    if short:
        return f"!pto.tile_buf<vec, {rows}x{columns}x{element}{layout and ', blayout=' + layout}>"
    return (
        f"!pto.tile_buf<loc=vec, dtype={element}, rows={rows}, cols={columns}, v_row={rows}, v_col={columns}, "
        f"blayout={layout or 'row_major'}, slayout=none_box, fractal=512, pad=0>"
    )


@dataclass
class Tiles:
    """Equal tiles of a kernel, by the name that each goes by."""

    rows: int
    columns: int
    element: str
    short: bool
    names: list[str]

    @property
    def type(self) -> str:
        return vec(self.rows, self.columns, self.element, short=self.short)


def allocate(writer: Writer, kind: str) -> str:
    """One more tile."""
    name = writer.name()
    writer.add(f"{name} = pto.alloc_tile : {kind}")
    return name


@st.composite
def computations(draw: st.DrawFn, writer: Writer, tiles: Tiles) -> None:
    """One vector instruction of any family on some of the tiles."""
    kind, element = tiles.type, tiles.element
    a, b, c = (draw(st.sampled_from(tiles.names)) for _ in range(3))
    families = ["binary", "unary", "scalar", "select", "rows", "columns", "column_broadcast", "convert", "fill", "move"]
    match draw(st.sampled_from(families)):
        case "binary":
            op = draw(st.sampled_from([name for name, allowed in BINARY.items() if element in allowed]))
            writer.add(f"pto.{op} ins({a}, {b} : {kind}, {kind}) outs({c} : {kind})")
        case "unary":
            op = draw(st.sampled_from([name for name, allowed in UNARY.items() if element in allowed]))
            writer.add(f"pto.{op} ins({a} : {kind}) outs({c} : {kind})")
        case "scalar":
            op = draw(st.sampled_from(list(WITH_SCALAR)))
            writer.add(f"pto.{op} ins({a}, %scalar_{element} : {kind}, {element}) outs({c} : {kind})")
        case "select" if element in FLOATS:
            mask = vec(tiles.rows, tiles.columns, "i8")
            room, order = allocate(writer, mask), draw(st.sampled_from(["gt", "lt", "eq"]))
            writer.add(f"pto.tcmp ins({a}, {b} {{cmpMode = #pto<cmp {order}>}} : {kind}, {kind}) outs({room} : {mask})")
        case "rows":
            column = vec(tiles.rows, 1, element, "col_major")
            room, values = allocate(writer, kind), allocate(writer, column)
            op, back = draw(st.sampled_from(ROW_REDUCTIONS)), draw(st.sampled_from(ROW_BROADCASTS))
            writer.add(
                f"pto.{op} ins({a}, {room} : {kind}, {kind}) outs({values} : {column})",
                f"pto.{back} ins({b}, {values} : {kind}, {column}) outs({c} : {kind})",
            )
        case "columns":
            row = vec(1, tiles.columns, element)
            values, op = allocate(writer, row), draw(st.sampled_from(COLUMN_REDUCTIONS))
            writer.add(f"pto.{op} ins({a} : {kind}) outs({values} : {row})")
        case "column_broadcast":
            op = draw(st.sampled_from(COLUMN_BROADCASTS))
            writer.add(f"pto.{op} ins({a}, {b} : {kind}, {kind}) outs({c} : {kind})")
        case "convert":
            other = draw(st.sampled_from([each for each in ELEMENTS if each != element]))
            target = vec(tiles.rows, tiles.columns, other)
            mode = draw(st.sampled_from(ROUNDING))
            writer.add(
                f"pto.tcvt ins({a} {{rmode = #pto<round_mode {mode}>}} : {kind}) "
                f"outs({allocate(writer, target)} : {target})"
            )
        case "fill":
            writer.add(f"pto.texpands ins(%scalar_{element} : {element}) outs({c} : {kind})")
        case _:
            writer.add(f"pto.tmov ins({a} : {kind}) outs({c} : {kind})")


@st.composite
def bodies(draw: st.DrawFn, writer: Writer, tiles: Tiles, depth: int) -> None:
    """Some instructions, in loops and branches."""
    for _ in range(draw(st.integers(1, 4 if depth else 6))):
        shape = draw(st.sampled_from(["plain", "plain", "loop", "branch", "other"] if depth < 2 else ["plain"]))
        match shape:
            case "loop":
                bounds = (writer.index(0), writer.index(draw(st.integers(1, 8))), writer.index(1))
                writer.add(f"scf.for {writer.name()} = {bounds[0]} to {bounds[1]} step {bounds[2]} {{")
                draw(bodies(writer, tiles, depth + 1))
                writer.add("}")
            case "branch":
                condition = writer.name()
                writer.add(f"{condition} = arith.cmpi slt, %n, {writer.index(3)} : index", f"scf.if {condition} {{")
                draw(bodies(writer, tiles, depth + 1))
                if draw(st.booleans()):
                    writer.add("} else {")
                    draw(bodies(writer, tiles, depth + 1))
                writer.add("}")
            case "other":
                event = draw(st.integers(0, 7))
                ends = f"[<PIPE_V>, <PIPE_MTE3>, <EVENT_ID{event}>]"
                writer.add(f"pto.set_flag{ends}", f"pto.wait_flag{ends}", "pto.barrier <PIPE_V>")
            case _:
                draw(computations(writer, tiles))


def window(writer: Writer, pointer: str, rows: int, columns: int, element: str) -> tuple[str, str]:
    """A window of global memory and its type."""
    view, part = writer.name(), writer.name()
    whole, kind = "!pto.tensor_view<?x?x" + element + ">", f"!pto.partition_tensor_view<{rows}x{columns}x{element}>"
    r, c, zero, one = (writer.index(number) for number in (rows, columns, 0, 1))
    writer.add(
        f"{view} = pto.make_tensor_view {pointer}, shape = [{r}, {c}], strides = [{c}, {one}] : {whole}",
        f"{part} = pto.partition_view {view}, offsets = [{zero}, {zero}], sizes = [{r}, {c}] : {whole} -> {kind}",
    )
    return part, kind


@st.composite
def vector_kernels(draw: st.DrawFn, name: str, entry: str) -> str:
    """A function for the vector cores: loads, instructions, a store."""
    writer = Writer()
    element = draw(st.sampled_from(ELEMENTS))
    tiles = Tiles(draw(SIZES), draw(SIZES), element, draw(st.booleans()), [])
    tiles.names += [allocate(writer, tiles.type) for _ in range(draw(st.integers(2, 4)))]
    part, kind = window(writer, "%p", tiles.rows, tiles.columns, element)
    for tile in tiles.names:
        writer.add(f"pto.tload ins({part} : {kind}) outs({tile} : {tiles.type})")
    draw(bodies(writer, tiles, 0))
    writer.add(f"pto.tstore ins({tiles.names[0]} : {tiles.type}) outs({part} : {kind})")
    scalars = ", ".join(f"%scalar_{each}: {each}" for each in ELEMENTS)
    return function(name, f"%p: !pto.ptr<{element}>, %n: index, {scalars}", "vector", entry, writer)


@st.composite
def cube_kernels(draw: st.DrawFn, name: str, entry: str) -> str:
    """A function for the cube core: loads to Mat, moves, products in a loop, a store."""
    writer = Writer()
    element, total = draw(st.sampled_from([("f16", "f32"), ("bf16", "f32"), ("i8", "i32"), ("f32", "f32")]))
    m, n, k = (draw(st.sampled_from([32, 64])) for _ in range(3))
    boxed = "blayout=col_major, slayout=row_major"
    mat_a = f"!pto.tile_buf<mat, {m}x{k}x{element}, {boxed}>"
    mat_b = f"!pto.tile_buf<mat, {k}x{n}x{element}, {boxed}>"
    left = f"!pto.tile_buf<left, {m}x{k}x{element}, slayout=row_major>"
    right = f"!pto.tile_buf<right, {k}x{n}x{element}, slayout=col_major>"
    acc = f"!pto.tile_buf<acc, {m}x{n}x{total}, {boxed}, fractal=1024>"
    a, b, lhs, rhs, c = (allocate(writer, kind) for kind in (mat_a, mat_b, left, right, acc))
    part_a, kind_a = window(writer, "%a", m, k, element)
    part_b, kind_b = window(writer, "%b", k, n, element)
    part_c, kind_c = window(writer, "%c", m, n, total)
    steps = [
        f"pto.tload ins({part_a} : {kind_a}) outs({a} : {mat_a})",
        f"pto.tload ins({part_b} : {kind_b}) outs({b} : {mat_b})",
        f"pto.tmov ins({a} : {mat_a}) outs({lhs} : {left})",
        f"pto.tmov ins({b} : {mat_b}) outs({rhs} : {right})",
    ]
    writer.add(*steps, f"pto.tmatmul ins({lhs}, {rhs} : {left}, {right}) outs({c} : {acc})")
    if draw(st.booleans()):
        last, one = writer.index(draw(st.integers(2, 8))), writer.index(1)
        writer.add(f"scf.for {writer.name()} = {one} to {last} step {one} {{", *steps)
        writer.add(f"pto.tmatmul.acc ins({c}, {lhs}, {rhs} : {acc}, {left}, {right}) outs({c} : {acc})", "}")
    writer.add(f"pto.tstore ins({c} : {acc}) outs({part_c} : {kind_c})")
    arguments = f"%a: !pto.ptr<{element}>, %b: !pto.ptr<{element}>, %c: !pto.ptr<{total}>"
    return function(name, arguments, "cube", entry, writer)


def function(name: str, arguments: str, core: str, entry: str, writer: Writer) -> str:
    """The text of one function with the constants that its body needs."""
    constants = [f"{value} = arith.constant {number} : index" for number, value in writer.constants.items()]
    attributes = f"attributes {{pto.kernel_kind = #pto.kernel_kind<{core}>{entry}}}"
    return "\n".join([f"func.func @{name}({arguments}) {attributes} {{", *constants, *writer.lines, "return", "}"])


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A module of one to three kernels."""
    count = draw(st.integers(1, 3))
    kernels = [draw(st.sampled_from([vector_kernels, cube_kernels]))(f"kernel{i}", ", pto.entry") for i in range(count)]
    functions = [draw(kernel) for kernel in kernels]
    return "\n".join(['module attributes {pto.target_arch = "a3"} {', *functions, "}"]) + "\n"
