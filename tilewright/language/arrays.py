"""Arrays of whoever calls a kernel, as numpy arrays that share their memory."""

from __future__ import annotations

import numpy as np
from xdsl.ir import Attribute

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


def tensor_type(array: Array) -> TensorType:
    """The tensor that an array is."""
    element: Attribute = ir_type(BY_MLIR[_NAMES[array.dtype]])
    return TensorType.of(array.shape, element)
