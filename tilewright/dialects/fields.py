"""Operand fields of op classes, typed as what they hold: xDSL types every operand as an `SSAValue` of any type."""

from __future__ import annotations

from typing import TypeVar, cast

from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLAttrConstraint, VarOperand, operand_def, opt_operand_def, var_operand_def

_Type = TypeVar("_Type", bound=Attribute)


def typed_operand(constraint: IRDLAttrConstraint[_Type]) -> SSAValue[_Type]:
    """One operand whose type satisfies the constraint."""
    return cast(SSAValue[_Type], operand_def(constraint))


def typed_operands(constraint: IRDLAttrConstraint[_Type]) -> VarOperand[_Type]:
    """Any number of operands whose types satisfy the constraint."""
    return cast(VarOperand[_Type], var_operand_def(constraint))


def typed_opt_operand(constraint: IRDLAttrConstraint[_Type]) -> SSAValue[_Type] | None:
    """An operand that may be absent; its type satisfies the constraint."""
    return cast("SSAValue[_Type] | None", opt_operand_def(constraint))
