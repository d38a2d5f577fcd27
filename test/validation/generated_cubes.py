"""Generated programs of the cube core in `pto`: products without addresses and flags, and their ways out of Acc."""

from __future__ import annotations

import struct

import numpy as np
from hypothesis import strategies as st

from tilewright.execution.dtypes import DTYPES

from .generated_programs import Generated, Output, factor, product

_LAYOUTS = {
    "mat": "blayout=col_major, slayout=row_major",
    "left": "blayout=row_major, slayout=row_major",
    "right": "blayout=row_major, slayout=col_major",
    "acc": "blayout=col_major, slayout=row_major, fractal=1024",
}
_WAYS = ("plain", "plain", "relu", "add", "scaled")
_OUTS = {"f32": ("f32", "f16", "bf16"), "i32": ("i32",)}


@st.composite
def cube_programs(draw: st.DrawFn) -> Generated:
    """`out = a @ b`, with a bias or a cut, added to what is there, or scaled, in a loop of any length over K."""
    element = draw(st.sampled_from(["i8", "f16", "bf16", "f32"]))
    total = "i32" if element == "i8" else "f32"
    way = draw(st.sampled_from(_WAYS))
    out = "i8" if way == "scaled" else draw(st.sampled_from(_OUTS[total]))
    m, n = draw(st.integers(1, 40)), draw(st.integers(1, 70))
    step, turns = 32 * draw(st.integers(1, 3)), draw(st.integers(1, 5))
    extracts, biased = draw(st.booleans()), draw(st.booleans())
    text = _cube_text(element, total, out, way, (m, step, n), extracts=extracts, biased=biased)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    a = factor(random, (m, step * turns), element, whole=True)
    b = factor(random, (step * turns, n), element, whole=True)
    bias = random.integers(-99, 100, (1, n)).astype(DTYPES[total])
    before = np.full((m, n), 3, DTYPES[out])
    value, _ = product(a, b)
    if biased:
        value = value + bias
    exponent = draw(st.integers(-10, 0))
    (bits,) = struct.unpack("<I", struct.pack("<f", 2.0**exponent))
    with np.errstate(over="ignore"):
        match way:
            case "relu":
                expected = np.maximum(value, 0).astype(DTYPES[out])
            case "add":
                expected = before + value.astype(DTYPES[out])
            case "scaled":
                expected = np.clip(np.rint(value * 2.0**exponent), -128, 127).astype(np.int8)
            case _:
                expected = value.astype(DTYPES[out])
    numbers = (turns, bits | 1 << 46)
    return Generated("cube", text, (a, b, bias, before, *numbers), (Output(3, expected),))


def _cube_text(
    element: str, total: str, out: str, way: str, extents: tuple[int, int, int], *, extracts: bool, biased: bool
) -> str:
    m, k, n = extents
    rows, columns = -(-m // 16) * 16, -(-n // 32) * 32

    def tile(space: str, height: int, width: int, type_: str, valid: str) -> str:
        layout = f", {_LAYOUTS[space]}" if space in _LAYOUTS and height > 1 else ""
        return f"!pto.tile_buf<{space}, {height}x{width}x{type_}, valid={valid}{layout}>"

    types = {
        "am": tile("mat", rows, k, element, f"{m}x{k}"),
        "bm": tile("mat", k, columns, element, f"{k}x{n}"),
        "l": tile("left", rows, k, element, f"{m}x{k}"),
        "r": tile("right", k, columns, element, f"{k}x{n}"),
        "acc": tile("acc", rows, columns, total, f"{m}x{n}"),
    }
    if biased:
        types |= {"rm": tile("mat", 1, columns, total, f"1x{n}"), "bias": tile("bias", 1, columns, total, f"1x{n}")}
    views = {"a": ("m", "depth", element), "b": ("depth", "n", element), "c": ("c1", "n", total), "o": ("m", "n", out)}
    sizes = {"a": (m, k), "b": (k, n), "c": (1, n), "o": (m, n)}
    offsets = {"a": "%c0, %at", "b": "%at, %c0", "c": "%c0, %c0", "o": "%c0, %c0"}

    def part(name: str) -> str:
        height, width = sizes[name]
        return f"!pto.partition_tensor_view<{height}x{width}x{views[name][2]}>"

    def window(name: str) -> str:
        height, width = ("c1" if size == 1 else f"n{size}" for size in sizes[name])
        view = f"!pto.tensor_view<?x?x{views[name][2]}>"
        return (
            f"%w{name} = pto.partition_view %v{name}, offsets = [{offsets[name]}], sizes = [%{height}, %{width}] "
            f": {view} -> {part(name)}"
        )

    def typed(*names: str) -> str:
        return f"{', '.join(f'%{name}' for name in names)} : {', '.join(types[name] for name in names)}"

    pointers = ", ".join(f"%{name}: !pto.ptr<{type_}>" for name, (_, _, type_) in views.items())
    lines = [f"func.func @kernel({pointers}, %turns: index, %q: i64) {{"]
    lines += [f"%c{number} = arith.constant {number} : index" for number in (0, 1)]
    lines += [f"%n{size} = arith.constant {size} : index" for size in sorted({m, k, n} - {1})]
    lines += [f"%{name} = arith.constant {size} : index" for name, size in (("m", m), ("k", k), ("n", n))]
    lines.append("%depth = arith.muli %turns, %k : index")
    for name, (height, width, type_) in views.items():
        lines.append(
            f"%v{name} = pto.make_tensor_view %{name}, shape = [%{height}, %{width}], strides = [%{width}, %c1] "
            f": !pto.tensor_view<?x?x{type_}>"
        )
    lines += [f"%{name} = pto.alloc_tile : {type_}" for name, type_ in types.items()]
    first = f"pto.tmatmul ins({typed('l', 'r')}) outs({typed('acc')})"
    if biased:
        lines += [
            window("c"),
            f"pto.tload ins(%wc : {part('c')}) outs({typed('rm')})",
            f"pto.tmov ins({typed('rm')}) outs({typed('bias')})",
        ]
        first = f"pto.tmatmul.bias ins({typed('l', 'r', 'bias')}) outs({typed('acc')})"
    lines += [
        "scf.for %i = %c0 to %turns step %c1 {",
        "%at = arith.muli %i, %k : index",
        *(window(name) for name in "ab"),
        *(f"pto.tload ins(%w{name} : {part(name)}) outs({typed(f'{name}m')})" for name in "ab"),
    ]
    for source, target in (("am", "l"), ("bm", "r")):
        part_of = f"textract ins(%{source}, %c0, %c0 : {types[source]}, index, index)"
        lines.append(f"pto.{part_of if extracts else f'tmov ins({typed(source)})'} outs({typed(target)})")
    lines += [
        "%first = arith.cmpi eq, %i, %c0 : index",
        "scf.if %first {",
        first,
        "} else {",
        f"pto.tmatmul.acc ins({typed('acc', 'l', 'r')}) outs({typed('acc')})",
        "}",
        "}",
        window("o"),
    ]
    more = {
        "relu": " {reluPreMode = #pto<relu_pre_mode normal_relu>}",
        "add": " {atomicType = #pto<atomic_type atomic_add>}",
    }.get(way, "")
    inside = f"%acc : {types['acc']}, %q : i64" if way == "scaled" else typed("acc")
    lines += [f"pto.tstore ins({inside}) outs(%wo : {part('o')}){more}", "func.return", "}"]
    return "\n".join(lines)
