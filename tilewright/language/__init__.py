"""How people write kernels: `import tilewright.language as pl`.

A kernel is a Python function with a decorator. Its body is never run as Python: it is read, translated to IR, and
compiled. Importing this module loads neither xDSL nor numpy; the first kernel does.
"""

from __future__ import annotations

from functools import cache
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from tilewright.language.annotations import Array, InOut, Out, Scalar, Tensor, Tile, dynamic
from tilewright.language.dtypes import (
    BF16,
    BOOL,
    FP4,
    FP8E4M3FN,
    FP8E5M2,
    FP8E8M0,
    FP16,
    FP32,
    HF4,
    HF8,
    INDEX,
    INT4,
    INT8,
    INT16,
    INT32,
    INT64,
    TASK_ID,
    UINT4,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    DType,
)
from tilewright.language.enums import (
    AtomicType,
    FunctionType,
    Level,
    MaskPattern,
    Mem,
    MemorySpace,
    PadValue,
    SplitMode,
    TensorLayout,
)
from tilewright.language.jit import jit, parse
from tilewright.language.markers import at, manual_scope, parallel, pipeline, scope, spmd, unroll, while_
from tilewright.language.markers import range_ as range
from tilewright.language.namespaces import array, system, tensor, tile
from tilewright.language.program_classes import function, program

if TYPE_CHECKING:
    from tilewright.language.failures import CompileError as CompileError

inline = jit.inline
"""The same as `pl.jit.inline`."""

__all__ = [
    "BF16",
    "BOOL",
    "FP4",
    "FP8E4M3FN",
    "FP8E5M2",
    "FP8E8M0",
    "FP16",
    "FP32",
    "HF4",
    "HF8",
    "INDEX",
    "INT4",
    "INT8",
    "INT16",
    "INT32",
    "INT64",
    "TASK_ID",
    "UINT4",
    "UINT8",
    "UINT16",
    "UINT32",
    "UINT64",
    "Array",
    "AtomicType",
    "DType",
    "FunctionType",
    "InOut",
    "Level",
    "MaskPattern",
    "Mem",
    "MemorySpace",
    "Out",
    "PadValue",
    "Scalar",
    "SplitMode",
    "Tensor",
    "TensorLayout",
    "Tile",
    "array",
    "at",
    "dynamic",
    "function",
    "inline",
    "jit",
    "manual_scope",
    "parallel",
    "parse",
    "pipeline",
    "program",
    "range",
    "scope",
    "spmd",
    "system",
    "tensor",
    "tile",
    "unroll",
    "while_",
]


def __getattr__(name: str) -> Any:
    """Operations, looked up in their table when a kernel first names one."""
    from tilewright.language.namespaces import lookup

    if name in _modules():
        # `from tilewright.language import scalars` asks here first; loading the table for it would be a circle.
        raise AttributeError(name)
    return lookup("", name)


@cache
def _modules() -> frozenset[str]:
    return frozenset(each.name for each in iter_modules(__path__))


def __dir__() -> list[str]:
    from tilewright.language.ops.registry import operations

    return sorted({*__all__, *operations()})
