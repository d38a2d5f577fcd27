"""Small programs as text, run on an engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import dedent, indent

import numpy as np

import tilewright.language as pl
from tilewright.execution.dtypes import DTYPES
from tilewright.language.dtypes import BY_MLIR

NAMES = {dtype: f"pl.{BY_MLIR[name].name}" for name, dtype in DTYPES.items() if name in BY_MLIR}
SCOPE = "with pl.at(level=pl.Level.CORE_GROUP):\n"


def annotation(array: np.ndarray) -> str:
    """The parameter that an array is for."""
    return f"pl.Tensor[{list(array.shape)}, {NAMES[array.dtype]}]"


def entry_text(body: str, inputs: Mapping[str, object], out: np.ndarray) -> str:
    """A program with a parameter for each input, and `out`."""
    parameters = [
        f"{name}: {annotation(value) if isinstance(value, np.ndarray) else 'pl.Scalar[pl.INT32]'}"
        for name, value in inputs.items()
    ]
    parameters.append(f"out: pl.Out[{annotation(out)}]")
    return f"@pl.jit\ndef program({', '.join(parameters)}):\n" + indent(dedent(body).strip("\n"), "    ") + "\n"


def run_entry(
    body: str, inputs: Mapping[str, object], out: np.ndarray, before: str = "", engine: str = "value"
) -> np.ndarray:
    """Run the body of an entry; gives `out`. `before` stands above it."""
    pl.parse(dedent(before) + entry_text(body, inputs, out), "program")(**inputs, out=out, engine=engine)
    return out


def run_scope(
    body: str, inputs: Mapping[str, object], out: np.ndarray, before: str = "", engine: str = "value"
) -> np.ndarray:
    """Run the body of a compute scope; gives `out`."""
    return run_entry(SCOPE + indent(dedent(body).strip("\n"), "    "), inputs, out, before, engine)


def without_names(text: str) -> str:
    """IR text whose values and functions are numbered in the order in which they stand there."""
    numbers: dict[str, str] = {}
    return re.sub(r"[%@]\w+", lambda found: numbers.setdefault(found[0], f"{found[0][0]}{len(numbers)}"), text)
