"""Ops of the `task` dialect that submit tasks: code in place, a kernel, nothing at all."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from xdsl.dialects.builtin import FlatSymbolRefAttrConstr, IndexType, StringAttr, SymbolRefAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Block, Operation, ParametrizedAttribute, Region, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    irdl_op_definition,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import (
    EffectInstance,
    MemoryEffectKind,
    MemoryWriteEffect,
    NoTerminator,
    RecursiveMemoryEffect,
)
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operands, typed_opt_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.task.code import OneBlock
from tilewright.dialects.task.functions import MANUAL, directions, is_orchestration
from tilewright.dialects.task.kernels import find_function
from tilewright.dialects.task.places import OrchestrationOp
from tilewright.dialects.task.types import ArrayType, IdType
from tilewright.dialects.tile import RingType, TensorType, TileType

_AFTER = "(`after` `(` $after^ `)`)? (`after_all` `(` $after_all^ `)`)?"
_BLOCKS = "(`blocks` `(` $blocks^ `)`)?"


class TaskOp(OrchestrationOp, ABC):
    """An op that makes a task: `after(%t0, %t1) after_all(%array)` names tasks that must have ended before."""

    after = typed_operands(IdType)
    after_all = typed_operands(ArrayType)
    result = result_def(IdType)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)

    @property
    def dependencies(self) -> tuple[SSAValue, ...]:
        """The ids, and the arrays of ids, of the tasks that must have ended before this one starts."""
        return (*self.after, *self.after_all)

    @property
    def is_manual(self) -> bool:
        """Whether the task waits for what it names only, whatever memory it shares with others."""
        return MANUAL in self.attributes


class BlocksOp(TaskOp, ABC):
    """A task whose code runs once for each of `blocks(%n)` blocks, on as many cores; once without them."""

    blocks = typed_opt_operand(IndexType)

    def verify_(self) -> None:
        count = None if self.blocks is None else constant_value(self.blocks)
        if count is not None and count < 1:
            raise VerifyException(f"TW0661: a task has at least one block, got {count}")


class _TaskEffect(RecursiveMemoryEffect):
    """The effects of the body. A body that writes counts as one that also reads: what else it does is not looked for.

    Passes ask for it again and again, for each loop around it as well, and nearly every body ends with a store.
    """

    @classmethod
    def get_effects(cls, op: Operation) -> AbstractSet[EffectInstance] | None:
        if any(each.has_trait(MemoryWriteEffect) for region in op.regions for each in region.walk(reverse=True)):
            return frozenset((EffectInstance(MemoryEffectKind.READ), EffectInstance(MemoryEffectKind.WRITE)))
        return super().get_effects(op)


@irdl_op_definition
class ScopeOp(BlocksOp):
    """A task whose code stands in place.

    ```
    %t = task.scope "rms" blocks(%n) after(%t0) attributes {level = "core_group"} {
      …
    }
    ```

    The code may use tensors and scalars from outside. Tiles neither enter nor leave it.
    """

    name = "task.scope"

    label = prop_def(StringAttr)
    body = region_def("single_block")

    traits = traits_def(NoTerminator(), _TaskEffect())

    assembly_format = f"$label {_BLOCKS} {_AFTER} attr-dict-with-keyword custom<OneBlock>($body)"
    custom_directives = (OneBlock,)

    def __init__(
        self, name: str, body: Region | Block, blocks: SSAValue | None = None, after: Sequence[SSAValue] = ()
    ) -> None:
        super().__init__(
            operands=[blocks, *_split(after)],
            result_types=[IdType()],
            properties={"label": StringAttr(name)},
            regions=[body if isinstance(body, Region) else Region(body)],
        )

    def verify_(self) -> None:
        super().verify_()
        if self.body.block.args:
            raise VerifyException("TW0661: a scope takes no arguments; its code uses values from outside")
        for op in self.body.walk():
            for operand in op.operands:
                if isinstance(operand.type, TileType | RingType) and not self.is_ancestor(operand.owner):
                    raise VerifyException(
                        f"TW0662: the scope uses {value_name(operand)}, a tile from outside; store it to a tensor"
                    )


@irdl_op_definition
class SubmitOp(BlocksOp):
    """A task that runs a kernel: `%t = task.submit @k(%x, %y) blocks(%n) after(%t0) : !tile.tensor<…>, index`."""

    name = "task.submit"

    callee = prop_def(FlatSymbolRefAttrConstr)
    arguments = var_operand_def()

    assembly_format = f"$callee `(` $arguments `)` {_BLOCKS} {_AFTER} attr-dict (`:` type($arguments)^)?"

    def __init__(
        self,
        callee: str,
        arguments: Sequence[SSAValue],
        blocks: SSAValue | None = None,
        after: Sequence[SSAValue] = (),
    ) -> None:
        super().__init__(
            operands=[arguments, blocks, *_split(after)],
            result_types=[IdType()],
            properties={"callee": SymbolRefAttr(callee)},
        )

    @property
    def kernel_name(self) -> str:
        """The name of the function that runs."""
        return self.callee.string_value()

    @property
    def kernel(self) -> FuncOp | None:
        """The function that runs, None where the module has none of this name."""
        return find_function(self.kernel_name, self)

    def check_surroundings(self) -> None:
        kernel = self.kernel
        if kernel is None:
            raise VerifyException(f"TW0663: there is no function @{self.kernel_name} to submit")
        if is_orchestration(kernel):
            raise VerifyException(f"TW0663: @{self.kernel_name} submits tasks itself; call it instead")
        expected, given = tuple(kernel.function_type.inputs), tuple(value.type for value in self.arguments)
        if len(expected) != len(given) or not all(map(_fits, expected, given)):
            raise VerifyException(
                f"TW0663: @{self.kernel_name} takes ({', '.join(map(str, expected))}), "
                f"but gets ({', '.join(map(str, given))})"
            )
        if len(kernel.function_type.outputs):
            raise VerifyException(f"TW0663: @{self.kernel_name} has results; a task leaves them in tensors")
        directions(kernel)


@irdl_op_definition
class DummyOp(TaskOp):
    """A task that does nothing, and so stands for all those before it: `%t = task.dummy after(%t0, %t1)`."""

    name = "task.dummy"

    assembly_format = f"{_AFTER} attr-dict"

    def __init__(self, after: Sequence[SSAValue] = ()) -> None:
        super().__init__(operands=_split(after), result_types=[IdType()])


@irdl_op_definition
class BarrierOp(OrchestrationOp):
    """What is submitted after it starts when all that was submitted before it has ended: `task.barrier`."""

    name = "task.barrier"

    assembly_format = "attr-dict"


def _fits(expected: Attribute, given: Attribute) -> bool:
    """Whether an argument may be given; a kernel that is lowered further than its caller takes a tensor's address."""
    if expected == given:
        return True
    if not isinstance(expected, ParametrizedAttribute) or not isinstance(given, TensorType):
        return False
    return expected.name == "pto.ptr" and given.element_type in expected.parameters


def _split(after: Sequence[SSAValue]) -> list[list[SSAValue]]:
    """The single ids and the arrays among what a task waits for."""
    arrays = [value for value in after if isinstance(value.type, ArrayType)]
    return [[value for value in after if value not in arrays], arrays]
