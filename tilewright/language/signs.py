"""Which numbers of a kernel are never negative: for those, the remainder of `arith` is that of Python."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.task import BlockCountOp, BlockIndexOp, SubblockIndexOp
from tilewright.dialects.tile import DimOp


class Signs:
    """Numbers that are known not to be negative; sums and products count as if they did not overflow."""

    def __init__(self) -> None:
        self._known: dict[SSAValue, bool] = {}

    def count(self, value: SSAValue) -> None:
        """Note that a value counts from zero or above: a loop says so of its variable."""
        self._known[value] = True

    def is_never_negative(self, value: SSAValue) -> bool:
        """Whether a number is known not to be negative."""
        if value not in self._known:
            self._known[value] = False  # until it is known; no value is computed from itself
            constant = constant_value(value)
            self._known[value] = self._computed(value.owner) if constant is None else constant >= 0
        return self._known[value]

    def _computed(self, owner: object) -> bool:
        match owner:
            case BlockIndexOp() | BlockCountOp() | SubblockIndexOp() | DimOp() | arith.ExtUIOp():
                return True
            case arith.IndexCastOp() | arith.ExtSIOp():
                return self.is_never_negative(owner.input)
            case arith.AndIOp() | arith.MaxSIOp():
                return any(map(self.is_never_negative, owner.operands))
            case (
                arith.AddiOp()
                | arith.MuliOp()
                | arith.FloorDivSIOp()
                | arith.RemSIOp()
                | arith.MinSIOp()
                | arith.OrIOp()
                | arith.XOrIOp()
                | arith.ShRSIOp()
            ):
                assert isinstance(owner, Operation)
                return all(map(self.is_never_negative, owner.operands))
            case arith.SelectOp():
                return self.is_never_negative(owner.lhs) and self.is_never_negative(owner.rhs)
            case _:
                return False
