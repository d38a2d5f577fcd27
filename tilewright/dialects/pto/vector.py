"""What the instructions of the vector core share: where they run, what they write, how rules and text are declared."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator
from typing import ClassVar, TypeAlias, cast

from xdsl.dialects.builtin import AnyFloatConstr, IntegerType, MemRefType, SignlessIntegerConstraint
from xdsl.ir import Attribute, AttributeCovT, SSAValue
from xdsl.irdl import MessageConstraint, VarOperand, VerificationContext, base, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.pto.rules import Rule, check_elements
from tilewright.dialects.pto.types import PartitionViewType, TileBufType


class ScalarConstraint(MessageConstraint[AttributeCovT]):
    """The type of a scalar operand; any other is refused with the message alone."""

    def verify(self, attr: Attribute, constraint_context: VerificationContext) -> None:
        try:
            self.constr.verify(attr, constraint_context)
        except VerifyException:
            raise VerifyException(self.message) from None


INTEGER = ScalarConstraint(base(IntegerType), "TW0126: the scalar must be an integer")
SIGNLESS = ScalarConstraint(SignlessIntegerConstraint, "TW0126: the scalar must be an integer without a sign")
NUMBER = ScalarConstraint(
    SignlessIntegerConstraint | AnyFloatConstr, "TW0126: the scalar must be a float or an integer without a sign"
)

Rules: TypeAlias = tuple[Rule, ...]


class VectorOp(InstructionOp, ABC):
    """An instruction of the vector core.

    Written are its operands named in `WRITTEN`, scratch buffers among them, as ptoas sees it. The op verifies when its
    operands have the element types of the chip's table and obey `RULES`.
    """

    PIPE: ClassVar[Pipe] = Pipe.V
    RULES: ClassVar[Rules] = ()
    WRITTEN: ClassVar[frozenset[str]] = frozenset({"dst", "cdst", "tmp"})

    dst = buffer_operand()

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    @property
    def pipe(self) -> Pipe:
        return self.PIPE

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return tuple(self._buffers(written=False))

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return tuple(self._buffers(written=True))

    def check(self) -> None:
        check_elements(self)
        for rule in self.RULES:
            rule(self)

    def _buffers(self, *, written: bool) -> Iterator[SSAValue]:
        for name, _ in self.get_irdl_definition().operands:
            if (name in self.WRITTEN) == written:
                field = cast("SSAValue | VarOperand | None", getattr(self, name))
                values = field if isinstance(field, tuple) else () if field is None else (field,)
                yield from (v for v in values if isinstance(v.type, TileBufType | PartitionViewType | MemRefType))


class UnaryOp(VectorOp, ABC):
    """`dst = op(src)`."""

    src = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src")


class BinaryOp(VectorOp, ABC):
    """`dst = op(src0, src1)`."""

    src0 = buffer_operand()
    src1 = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src0", "src1")


class BinaryScratchOp(VectorOp, ABC):
    """`dst = op(src0, src1)` with a scratch buffer."""

    src0 = buffer_operand()
    src1 = buffer_operand()
    tmp = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src0", "src1", "tmp")


class UnaryScratchOp(VectorOp, ABC):
    """`dst = op(src)` with a scratch buffer."""

    src = buffer_operand()
    tmp = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src", "tmp")
