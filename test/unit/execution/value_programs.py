"""Runs one operation of the `tile` dialect on the value engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ml_dtypes
import numpy as np
from xdsl.dialects.builtin import ModuleOp

from tilewright.execution.runner import run_function

Parse = Callable[[str], ModuleOp]

ELEMENTS = {
    "int8": "i8",
    "uint8": "ui8",
    "int16": "i16",
    "int32": "i32",
    "uint32": "ui32",
    "float16": "f16",
    "bfloat16": "bf16",
    "float32": "f32",
    "bool": "i1",
}
BF16 = np.dtype(ml_dtypes.bfloat16)


def type_of(array: Any, valid: str = "") -> str:
    """The type of a tile that holds an array of two dimensions."""
    rows, columns = array.shape
    return f"!tile.tile<{rows}x{columns}x{ELEMENTS[array.dtype.name]}{valid and f', valid = {valid}'}>"


def evaluate(
    parse: Parse, line: str, result: Any, tiles: Mapping[str, Any], scalars: Mapping[str, tuple[str, Any]] | None = None
) -> Any:
    """Run lines that make `%r` from `%a`, `%b`, …, with `{a}` for the type of `%a` and `{r}` for that of `%r`.

    Args:
        parse: parses and verifies a program.
        line: what to run; it starts on the first line after the loads.
        result: an array like the one that is expected.
        tiles: an array for each tile.
        scalars: a type and a number for each scalar.
    """
    scalars = scalars or {}
    out = np.zeros(result.shape, result.dtype)
    arrays = {**tiles, "o": out}
    tensors = {name: f"!tile.tensor<{type_of(array)[11:]}" for name, array in arrays.items()}
    arguments = [f"%{name}_in: {tensor}" for name, tensor in tensors.items()]
    arguments += [f"%{name}: {type_}" for name, (type_, _) in scalars.items()]
    types = {name: type_of(array) for name, array in tiles.items()} | {"r": type_of(out)}
    loads = [f"%{name} = tile.load %{name}_in[%z, %z] : {tensors[name]} -> {types[name]}" for name in tiles]
    text = "\n".join(
        [
            f"func.func @f({', '.join(arguments)}) {{ %z = arith.constant 0 : index",
            *loads,
            line.format(**types),
            f"tile.store %r, %o_in[%z, %z] : {types['r']}, {tensors['o']}",
            "return }",
        ]
    )
    run_function(parse(text), "f", [*arrays.values(), *(number for _, number in scalars.values())], "value")
    return out
