"""Arrays of whoever calls a kernel, as numpy arrays that share their memory."""

from __future__ import annotations

import numpy as np

from tilewright.dialects.tile import TensorType
from tilewright.execution.dtypes import DTYPES, Array, is_array
from tilewright.language.dtypes import BY_MLIR
from tilewright.language.types import ir_type

_NAMES = {dtype: name for name, dtype in DTYPES.items()}


def as_array(value: object) -> Array | None:
    """A numpy array, or anything that shows itself as one (a torch tensor on the CPU does); None for the rest."""
    if is_array(value):
        return value
    if hasattr(value, "__array__") and not isinstance(value, np.generic):
        return np.asarray(value)
    return None


def tensor_type(array: Array) -> TensorType | None:
    """The tensor that an array is; None for an element type that a2a3 does not have, or no dimension."""
    name = _NAMES.get(array.dtype)
    if name is None or not array.shape:
        return None
    return TensorType.of(array.shape, ir_type(BY_MLIR[name]))
