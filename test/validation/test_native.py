"""The native engine against the value engine, the physical engine and numpy; integers and exact floats bit for bit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.functions import find_function
from tilewright.execution.native.engine import run_native
from tilewright.execution.native.libraries import Library, host_headers, pto_isa
from tilewright.execution.physical_engine import run_physical
from tilewright.execution.runner import run_function
from tilewright.kernels.projection import Projection

from . import kernels
from .compiled import compiled, parse
from .oracles import PTO_LIB_PATH, needs_compiler, needs_pto_isa
from .programs import SPECIAL
from .projection_programs import projection
from .vector_programs import FAMILIES, Program

pytestmark = needs_compiler

_INEXACT_ULP: Mapping[str, int] = {
    "texp": 2,
    "tlog": 2,
    "trsqrt": 2,
    "trowexpandexpdif": 2,
    "tcolexpandexpdif": 2,
    # Products in another order.
    "trowprod": 32,
    "tcolprod": 16,
}
"""How far engines may differ, in units of the last place of float32; all other instructions agree exactly."""


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        yield


def _native(module: ModuleOp, name: str | None, arguments: Sequence[object], library: Library | None = None) -> None:
    run_native([find_function(module, name)], arguments, library=library or host_headers())


def _copies(arguments: Sequence[object]) -> list[object]:
    return [each.copy() if isinstance(each, np.ndarray) else each for each in arguments]


def _check_matmul(text: str) -> None:
    random = np.random.default_rng(1)
    a, b = (random.integers(-128, 128, shape, np.int8) for shape in ((16, 256), (256, 64)))
    out = np.zeros((16, 64), np.int32)
    _native(parse(text), None, [a, b, out])
    np.testing.assert_array_equal(out, a.astype(np.int32) @ b.astype(np.int32))


@pytest.mark.parametrize("name", ["RING", "EXTRACT"])
def test_kernels_of_the_cube_core(name: str) -> None:
    _check_matmul(getattr(kernels, name))


def test_valid_parts_and_windows_that_the_program_computes() -> None:
    source = np.random.default_rng(2).standard_normal((40, 96), np.float32)
    target = np.zeros((40, 64), np.float32)
    _native(parse(kernels.COPY), None, [source, target, 40, 96])
    np.testing.assert_array_equal(target, source[:, :64])


_TILE_PROGRAMS = {
    "seed": projection(Projection(16, 512, 256)),
    "f16": projection(Projection(16, 512, 256, "f16")),
    "bf16": projection(Projection(16, 512, 256, "bf16")),
    "f32": projection(Projection(16, 256, 64, "f32")),
    "rows": projection(Projection(5, 512, 256)),
    "columns": projection(Projection(16, 512, 240)),
} | SPECIAL


@pytest.mark.parametrize("name", _TILE_PROGRAMS)
def test_tile_programs_on_all_three_engines(name: str) -> None:
    """Each engine meets numpy's sums as closely as the program says; i8 exactly."""
    program = _TILE_PROGRAMS[name]
    module = compiled(program.text, "a2a3")
    program.run(lambda arguments: run_function(parse(program.text), None, arguments, "value"), "on values")
    program.run(lambda arguments: run_function(module, None, arguments, "physical"), "on bytes")
    program.run(lambda arguments: _native(module, None, arguments), "natively")


@dataclass(frozen=True)
class _Family:
    """A kernel in which each instruction of a family has an output of its own."""

    program: Program
    operations: tuple[str, ...]

    @property
    def module(self) -> ModuleOp:
        return parse(self.program.text, f"{self.operations[0]}.mlir")


_PART = 12
"""Instructions in one kernel: the outputs of a whole family do not fit in Vec."""

_PARTS = [
    (name, start) for name, base in FAMILIES.items() for start in range(0, base.body.strip().count("\n") + 1, _PART)
]


_OUTPUTS = {("selection", "mask"): "16x32xui8, valid=16x4"}
"""Types of results of which a part is nobody's: only what is defined can be compared."""

_DESTROYING = ("tquant",)
"""Instructions that use their source as scratch memory."""

_EXCLUDED = ("tfillpad_inplace",)
"""Instructions whose result has no memory of its own."""


def _family(name: str, start: int) -> _Family:
    """Give each instruction its output; every tile is loaded first, since some instructions add to what is there."""
    base = FAMILIES[name]
    tiles, lines, operations = dict(base.tiles), [], []
    for line in base.body.strip().splitlines()[start : start + _PART]:
        operation = line.strip().split()[0].removeprefix("pto.")
        target = re.search(r"outs\(%(\w+)\)", line)
        if target is None or operation in _EXCLUDED:
            continue
        output = f"o{len(lines)}"
        tiles[output] = _OUTPUTS.get((name, target[1]), base.tiles[target[1]])
        line = line.replace(f"outs(%{target[1]})", f"outs(%{output})")
        if operation in _DESTROYING:
            source = f"s{len(lines)}"
            tiles[source] = base.tiles["a"]
            line = line.replace("ins(%a", f"ins(%{source}")
        lines.append(line)
        operations.append(operation)
    # Results last.
    tiles = dict(sorted(tiles.items(), key=lambda item: re.fullmatch(r"o\d+", item[0]) is not None))
    outputs = tuple(f"o{index}" for index in range(len(lines)))
    return _Family(
        replace(base, tiles=tiles, body="\n".join(lines), inputs=tuple(tiles), outputs=outputs), tuple(operations)
    )


def _values(family: str, name: str, argument: Any, seed: int) -> Array:
    """Give a tile numbers that its instructions have results for."""
    random = np.random.default_rng(seed)
    rows, columns = _extents(argument)
    element = argument.split(",")[0].split("x")[2]
    dtype = DTYPES[element]
    count = rows * columns
    match family, name:
        case "rearrangement", "i":
            values = random.permutation(count)
        case "rearrangement", "blocks":
            values = 32 * random.integers(0, 32, count)
        case "sequences", "list":
            pairs = np.zeros((count // 64, 32, 2), np.float32)
            pairs[..., 0] = -np.sort(-random.permutation(count // 2).reshape(-1, 32), axis=1)
            pairs[..., 1] = np.arange(count // 2, dtype=np.uint32).view(np.float32).reshape(-1, 32)
            return pairs.reshape(rows, columns)
        case "bits", "b":
            values = random.integers(0, 15, count)
        case "functions", "a":
            values = random.integers(1, 64, count) / 4
        case _ if dtype.kind == "f":
            values = (random.integers(-32, 32, count) + 0.5) / 4
        case _ if dtype.kind == "i":
            values = random.integers(-100, 100, count)
        case _:
            values = random.integers(0, 100, count)
    return values.astype(dtype).reshape(rows, columns)


def _extents(tile: str) -> tuple[int, int]:
    found = re.search(r"valid=(\d+)x(\d+)", tile) or re.match(r"(\d+)x(\d+)x", tile)
    assert found is not None
    return int(found[1]), int(found[2])


def _arguments(name: str, family: _Family) -> list[object]:
    """Give arrays for all tiles, then the numbers."""
    arrays = [_values(name, tile, type_, seed) for seed, (tile, type_) in enumerate(family.program.tiles.items())]
    numbers = {"f32": 2.5, "i32": 3, "i16": 5, "index": 7}
    return [*arrays, *(numbers[type_] for type_ in (family.program.arguments or {}).values())]


def _differences(family: _Family, ours: Sequence[object], theirs: Sequence[object]) -> list[str]:
    """Give the instructions whose outputs differ by more than they may."""
    found: list[str] = []
    count = len(family.operations)
    first = len(family.program.tiles) - count
    for index, operation in enumerate(family.operations):
        a, b = ours[first + index], theirs[first + index]
        assert isinstance(a, np.ndarray)
        assert isinstance(b, np.ndarray)
        ulp = _INEXACT_ULP.get(operation)
        if ulp is None or a.dtype != np.float32:
            same = a.tobytes() == b.tobytes() or np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        else:
            same = np.array_equal(np.isnan(a), np.isnan(b)) and bool(
                np.nanmax(np.abs(a - b) / np.spacing(np.abs(b))) <= ulp
            )
        if not same:
            found.append(f"{index} {operation}: {a.ravel()[:6]} and {b.ravel()[:6]}")
    return found


def _missing(family: _Family, function: func.FuncOp, arguments: Sequence[object]) -> str | None:
    """Run on the physical engine; gives the reason when it does not know an instruction."""
    try:
        run_physical(function, arguments)
    except DiagnosticError as error:
        (diagnostic,) = error.diagnostics
        if diagnostic.code == "TW0405":
            return diagnostic.message
        raise
    return None


@pytest.mark.parametrize("name, start", _PARTS)
def test_vector_instructions_agree_with_the_physical_engine(name: str, start: int) -> None:
    family = _family(name, start)
    module = family.module
    natively, on_bytes = _arguments(name, family), _arguments(name, family)
    _native(module, "vector", natively)
    if (reason := _missing(family, find_function(module, "vector"), on_bytes)) is not None:
        pytest.skip(reason)
    assert not _differences(family, natively, on_bytes)


_CONVERSIONS: Mapping[str, tuple[str, ...]] = {
    "f32": ("f32", "f16", "bf16", "i16", "i32", "i64"),
    "f16": ("f32", "i8", "ui8", "i16", "i32"),
    "bf16": ("f32", "i32"),
    "i32": ("f32", "i16", "i64"),
    "i16": ("f32", "f16"),
    "i64": ("f32", "i32"),
    "i8": ("f16",),
    "ui8": ("f16",),
}
_MODES = ("NONE", "RINT", "ROUND", "FLOOR", "CEIL", "TRUNC", "ODD")
_SATURATIONS = ("", ", sat_mode = #pto<saturation_mode ON>", ", sat_mode = #pto<saturation_mode OFF>")


def _awkward(element: str) -> Array:
    """Give numbers of all sizes, with ties, limits and their neighbours."""
    random, dtype = np.random.default_rng(3), DTYPES[element]
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        values = random.integers(limits.min, limits.max, 512, dtype, endpoint=True)
        values[::2] >>= random.integers(0, 8 * dtype.itemsize, 256).astype(dtype)
        return values.reshape(16, 32)
    with np.errstate(over="ignore"):
        values = (random.integers(-64, 64, 512) / 2 * 2.0 ** random.integers(-12, 12, 512)).astype(dtype)
    values[:8] = [0.5, -0.5, 1.5, 2.5, -2.5, 127.5, -128.5, 255.5]
    return values.reshape(16, 32)


@pytest.mark.parametrize(
    "source, target", [(source, target) for source, all_ in _CONVERSIONS.items() for target in all_]
)
def test_conversions_in_every_mode(source: str, target: str) -> None:
    lines = [
        f"pto.tcvt ins(%a {{rmode = #pto<round_mode {mode}>{saturation}}}) outs(%o{index})"
        for index, (mode, saturation) in enumerate((m, s) for m in _MODES for s in _SATURATIONS)
    ]
    outputs = tuple(f"o{index}" for index in range(len(lines)))
    tiles = {"a": f"16x32x{source}"} | dict.fromkeys(outputs, f"16x32x{target}")
    family = _Family(Program(tiles, "\n".join(lines), ("a",), outputs), ("tcvt",) * len(lines))
    natively, on_bytes = ([_awkward(source), *(np.zeros((16, 32), DTYPES[target]) for _ in outputs)] for _ in range(2))
    module = family.module
    _native(module, "vector", natively)
    if (reason := _missing(family, find_function(module, "vector"), on_bytes)) is not None:
        pytest.skip(reason)
    assert not _differences(family, natively, on_bytes)


_SIMULATOR_DIFFERS: Mapping[str, str] = {
    "tscatter": "it leaves the rest of the target, which the chip fills with zeros",
    "tsel": "it goes on in the same row of the mask where a row of elements ends",
}


@needs_pto_isa
@pytest.mark.parametrize("name, start", _PARTS)
def test_vector_instructions_agree_with_pto_isa(name: str, start: int) -> None:
    assert PTO_LIB_PATH is not None
    family = _family(name, start)
    module = family.module
    ours, theirs = _arguments(name, family), _arguments(name, family)
    _native(module, "vector", ours)
    _native(module, "vector", theirs, pto_isa(Path(PTO_LIB_PATH)))
    found = [
        each for each in _differences(family, ours, theirs) if each.split()[1].rstrip(":") not in _SIMULATOR_DIFFERS
    ]
    assert not found
