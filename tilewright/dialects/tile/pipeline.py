"""The loop of the `tile` dialect whose loads run ahead of its compute."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import IndexType, IntegerAttr, i64
from xdsl.dialects.utils import AbstractYieldOperation, parse_assignment, print_assignment
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.irdl import (
    IRDLOperation,
    irdl_op_definition,
    lazy_traits_def,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import (
    HasParent,
    IsTerminator,
    Pure,
    RecursiveMemoryEffect,
    SingleBlockImplicitTerminator,
    ensure_terminator,
)
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operand


@irdl_op_definition
class PipelineOp(IRDLOperation):
    """A loop whose loads may run `stages - 1` iterations ahead.

    ```
    %g, %u = tile.pipeline stages(2) %k = %lo to %hi step %s iter_args(%x = %x0, %y = %y0) -> (T, T) {
      …
      tile.yield %x1, %y1 : T, T
    }
    ```

    Meaning: that of `scf.for`. Bounds and step are `index`; the step is positive; carried values are tiles or scalars.
    """

    name = "tile.pipeline"

    stages = prop_def(IntegerAttr)
    lb = typed_operand(IndexType)
    ub = typed_operand(IndexType)
    step = typed_operand(IndexType)
    iter_args = var_operand_def()
    res = var_result_def()
    body = region_def("single_block")

    traits = lazy_traits_def(lambda: (SingleBlockImplicitTerminator(YieldOp), RecursiveMemoryEffect()))

    def __init__(
        self,
        stages: int,
        lb: SSAValue,
        ub: SSAValue,
        step: SSAValue,
        iter_args: Sequence[SSAValue],
        body: Region | Block,
    ) -> None:
        super().__init__(
            operands=[lb, ub, step, iter_args],
            result_types=[[value.type for value in iter_args]],
            properties={"stages": IntegerAttr(stages, i64)},
            regions=[body if isinstance(body, Region) else Region(body)],
        )

    def __post_init__(self) -> None:
        if not self.body.blocks:
            return  # a clone in the making: its block is about to come
        for trait in self.get_traits_of_type(SingleBlockImplicitTerminator):
            ensure_terminator(self, trait)

    @property
    def stage_count(self) -> int:
        """The number of iterations in flight."""
        return self.stages.value.data

    @property
    def induction(self) -> SSAValue:
        """The loop variable."""
        return self.body.block.args[0]

    @property
    def carried(self) -> tuple[SSAValue, ...]:
        """The loop-carried values as the body sees them."""
        return tuple(self.body.block.args[1:])

    def verify_(self) -> None:
        if self.stage_count < 1:
            raise VerifyException(f"TW0114: a pipeline has at least one stage, got {self.stage_count}")
        step = constant_value(self.step)
        if step is not None and step < 1:
            raise VerifyException(f"TW0114: the step of a pipeline is positive, got {step}")
        expected = (IndexType(), *(value.type for value in self.iter_args))
        if tuple(self.body.block.arg_types) != expected:
            raise VerifyException(
                "TW0114: the body takes the loop variable and then the carried values, with their types"
            )
        if tuple(self.result_types) != expected[1:]:
            raise VerifyException("TW0114: the results of a pipeline have the types of the values that it carries")
        terminator = self.body.block.last_op
        if isinstance(terminator, YieldOp) and (tuple(terminator.operand_types) != expected[1:]):
            raise VerifyException(
                f"TW0114: a pipeline that carries {len(expected) - 1} values yields as many of the same types, "
                f"got {len(terminator.operands)}"
            )

    @classmethod
    def parse(cls, parser: Parser) -> PipelineOp:
        parser.parse_keyword("stages")
        with parser.in_parens():
            stages = parser.parse_integer(allow_boolean=False)
        variable = parser.parse_argument(expect_type=False)
        parser.parse_punctuation("=")
        bounds = [parser.parse_unresolved_operand()]
        for keyword in ("to", "step"):
            parser.parse_keyword(keyword)
            bounds.append(parser.parse_unresolved_operand())
        names: list[Parser.UnresolvedArgument] = []
        initial: list[UnresolvedOperand] = []
        types: list[Attribute] = []
        start = parser.pos
        if parser.parse_optional_keyword("iter_args"):
            for name, value in parser.parse_comma_separated_list(
                Parser.Delimiter.PAREN, lambda: parse_assignment(parser)
            ):
                names.append(name)
                initial.append(value)
            parser.parse_punctuation("->")
            types = list(parser.parse_comma_separated_list(Parser.Delimiter.PAREN, parser.parse_type))
        lb, ub, step = (parser.resolve_operand(bound, IndexType()) for bound in bounds)
        iter_args = parser.resolve_operands(initial, types, start)
        arguments = [variable.resolve(IndexType())]
        arguments += [name.resolve(type_) for name, type_ in zip(names, types, strict=True)]
        body = parser.parse_region(arguments)
        attributes = parser.parse_optional_attr_dict()
        op = cls(stages, lb, ub, step, iter_args, body)
        op.attributes |= attributes
        return op

    def print(self, printer: Printer) -> None:
        variable, *carried = self.body.block.args
        printer.print_string(f" stages({self.stage_count}) ")
        printer.print_ssa_value(variable)
        for word, bound in ((" = ", self.lb), (" to ", self.ub), (" step ", self.step)):
            printer.print_string(word)
            printer.print_ssa_value(bound)
        if carried:
            printer.print_string(" iter_args(")
            printer.print_list(
                zip(carried, self.iter_args, strict=True),
                lambda pair: print_assignment(printer, *pair),
            )
            printer.print_string(") -> (")
            printer.print_list((value.type for value in carried), printer.print_attribute)
            printer.print_string(")")
        printer.print_string(" ")
        printer.print_region(
            self.body,
            print_entry_block_args=False,
            print_empty_block=False,
            print_block_terminators=bool(carried),
        )
        printer.print_op_attributes(self.attributes)


@irdl_op_definition
class YieldOp(AbstractYieldOperation[Attribute]):
    """The values that a pipeline carries into its next iteration."""

    name = "tile.yield"

    traits = traits_def(IsTerminator(), HasParent(PipelineOp), Pure())

    def __init__(self, *values: SSAValue | Operation) -> None:
        super().__init__(*values)
