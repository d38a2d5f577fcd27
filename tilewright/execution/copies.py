"""A run works on copies of the arrays that it is given, so that one that fails leaves no half of a result."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from xdsl.dialects import func

from tilewright.dialects.diagnostics import fail
from tilewright.execution.dtypes import Array, is_array
from tilewright.execution.names import argument_names


class Copies:
    """Copies of the arrays among the arguments of a run; an array that is passed twice has one copy.

    Attributes:
        arguments: the arguments, with the copies in place of the arrays.
    """

    def __init__(self, function: func.FuncOp, arguments: Sequence[object]) -> None:
        _check_overlaps(function, arguments)
        self._pairs: dict[int, tuple[Array, Array]] = {}
        self.arguments = tuple(self._copied(argument) for argument in arguments)

    def write_back(self) -> None:
        """Write the copies into the arrays."""
        for array, copy in self._pairs.values():
            array[...] = copy

    def _copied(self, argument: object) -> object:
        if not is_array(argument):
            return argument
        return self._pairs.setdefault(id(argument), (argument, argument.copy()))[1]


def _check_overlaps(function: func.FuncOp, arguments: Sequence[object]) -> None:
    named = zip(argument_names(function), function.args, arguments, strict=True)
    arrays = [(name, value, argument) for name, value, argument in named if is_array(argument)]
    for (name, _, array), (other_name, value, other) in combinations(arrays, 2):
        if array is not other and np.shares_memory(array, other):
            fail(
                "TW0417",
                f"arguments {name} and {other_name} overlap",
                value,
                help=("pass the same array twice, or a copy of one",),
            )
