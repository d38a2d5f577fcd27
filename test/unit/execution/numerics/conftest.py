"""One instruction of the vector core on given data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.dtypes import DTYPES
from tilewright.execution.runner import run_function

Array = Any
Compute = Callable[..., list[Array]]

_SLOT_BYTES = 16384


def _valid(type_: str) -> tuple[int, int]:
    found = re.search(r"valid=(\d+)x(\d+)", type_) or re.match(r"(\d+)x(\d+)x", type_)
    assert found is not None
    return int(found[1]), int(found[2])


def _element(type_: str) -> str:
    return type_.split(",")[0].split("x")[2]


def _text(
    instruction: str, tiles: Mapping[str, str], inputs: list[str], results: list[str], constants: Mapping[str, Any]
) -> str:
    """A kernel whose instruction is line 2."""
    moved = list(dict.fromkeys([*inputs, *results]))
    types = {name: f"!pto.tile_buf<vec, {type_}>" for name, type_ in tiles.items()}
    types |= {name: type_ for name, (type_, _) in constants.items()}

    def typed(found: re.Match[str]) -> str:
        names = re.findall(r"%(\w+)", found[2])
        return f"{found[1]}({found[2]} : {', '.join(types[name] for name in names)})"

    before = ["%c0 = arith.constant 0 : index", "%c1 = arith.constant 1 : index"]
    before += [f"%{name} = arith.constant {value} : {type_}" for name, (type_, value) in constants.items()]
    for number, name in enumerate(tiles):
        before.append(f"%{name}_a = arith.constant {number * _SLOT_BYTES} : i64")
        before.append(f"%{name} = pto.alloc_tile addr = %{name}_a : {types[name]}")
    windows: dict[str, str] = {}
    for name in moved:
        rows, columns = _valid(tiles[name])
        view, window = (f"!pto.{kind}<{rows}x{columns}x{_element(tiles[name])}>" for kind in ("tensor_view", "x"))
        windows[name] = window.replace("!pto.x", "!pto.partition_tensor_view")
        before.append(f"%{name}_r = arith.constant {rows} : index")
        before.append(f"%{name}_c = arith.constant {columns} : index")
        extents = f"%{name}_r, %{name}_c"
        strides = f"%{name}_c, %c1"
        before.append(
            f"%{name}_v = pto.make_tensor_view %{name}_p, shape = [{extents}], strides = [{strides}] : {view}"
        )
        before.append(
            f"%{name}_w = pto.partition_view %{name}_v, offsets = [%c0, %c0], sizes = [{extents}]"
            f" : {view} -> {windows[name]}"
        )
    before += [f"pto.tload ins(%{name}_w : {windows[name]}) outs(%{name} : {types[name]})" for name in inputs]
    after = [f"pto.tstore ins(%{name} : {types[name]}) outs(%{name}_w : {windows[name]})" for name in results]
    parameters = ", ".join(f"%{name}_p: !pto.ptr<{_element(tiles[name])}>" for name in moved)
    body = re.sub(r"(ins|outs)\(([^)]*)\)", typed, instruction)
    return f"func.func @f({parameters}) {{ {' '.join(before)}\n{body}\n{' '.join(after)} return }}"


@pytest.fixture
def compute() -> Compute:
    """Run `instruction` on tiles in Vec; give what the tiles in `results` hold then."""

    def run(
        instruction: str,
        tiles: Mapping[str, str],
        results: str = "d",
        constants: Mapping[str, Any] | None = None,
        **inputs: Array,
    ) -> list[Array]:
        arrays: dict[str, Array] = {}
        for name, value in inputs.items():
            with np.errstate(over="ignore"):
                elements = np.asarray(value).astype(DTYPES[_element(tiles[name])])
            arrays[name] = np.broadcast_to(elements, _valid(tiles[name])).copy()
        for name in results.split():
            arrays.setdefault(name, np.zeros(_valid(tiles[name]), DTYPES[_element(tiles[name])]))
        text = _text(instruction, tiles, list(inputs), results.split(), constants or {})
        module = parse_module(make_context(), text, "test.pto")
        module.verify()
        run_function(module, "f", list(arrays.values()), "physical")
        return [arrays[name] for name in results.split()]

    return run
