"""Ops of the kernel for one kind of core."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.ir import Operation
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.pto.attributes import KernelKind
from tilewright.dialects.pto.kernels import PlacedOp, function_of, kernel_kind


class CoreOp(PlacedOp, ABC):
    """An op of a kernel for one kind of core."""

    CORE: ClassVar[KernelKind]

    def check_place(self) -> None:
        if kernel_kind(self) is not self.CORE:
            raise VerifyException(
                f"TW0141: {self.name} belongs into a function with pto.kernel_kind = #pto.kernel_kind<{self.CORE}>"
            )


class CubeCoreOp(CoreOp, ABC):
    """An op of a kernel for the cube core."""

    CORE: ClassVar = KernelKind.CUBE


class VectorCoreOp(CoreOp, ABC):
    """An op of a kernel for the vector cores."""

    CORE: ClassVar = KernelKind.VECTOR


def check_only(op: Operation) -> None:
    """The function has no second op of this kind."""
    function = function_of(op)
    if function is None:
        raise VerifyException(f"TW0142: {op.name} stands in a function")
    if sum(type(other) is type(op) for other in function.walk()) > 1:
        raise VerifyException(f"TW0142: a function has one {op.name} at most")
