"""The matmul of the `tile` dialect: one left operand, one or more right operands, one accumulator each."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, i1
from xdsl.interfaces import HasCanonicalizationPatternsInterface
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_op_definition,
    traits_def,
    var_result_def,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.pattern_rewriter import RewritePattern
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import load_chip
from tilewright.dialects.fields import typed_operand, typed_operands, typed_opt_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile.types import TileType

_OPERAND_SPACES = {
    "left": (None, Space.MAT, Space.LEFT),
    "right": (None, Space.MAT, Space.RIGHT),
    "acc": (None, Space.ACC),
}


@irdl_op_definition
class MatmulOp(IRDLOperation, HasCanonicalizationPatternsInterface):
    """Multiply one tile with one or more others; each result is an accumulator of its own.

    ```
    %g, %u = tile.matmul %a, %wg, %wu : T_a, T_wg, T_wu -> T_g, T_u
    %g, %u = tile.matmul acc(%g0, %u0) %a, %wg, %wu : …                  // %g0 + %a @ %wg, …
    %g, %u = tile.matmul acc(%g0, %u0) init(%first) %a, %wg, %wu : …     // starts afresh where %first is true
    ```

    Left operand [M, K], right operands [K, N], results [M, N]: i32 for i8 operands, f32 otherwise. K is a multiple of
    the fractal (32 bytes). An accumulator is updated in place: its old value is dead afterwards.
    """

    name = "tile.matmul"

    acc = typed_operands(TileType)
    init = typed_opt_operand(i1)
    lhs = typed_operand(TileType)
    rhs = typed_operands(TileType)
    accs_out = var_result_def(TileType)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())

    def __init__(
        self,
        lhs: SSAValue,
        rhs: Sequence[SSAValue],
        result_types: Sequence[Attribute],
        acc: Sequence[SSAValue] = (),
        init: SSAValue | None = None,
    ) -> None:
        super().__init__(operands=[acc, init, lhs, rhs], result_types=[result_types])

    @classmethod
    def get_canonicalization_patterns(cls) -> tuple[RewritePattern, ...]:
        from tilewright.dialects.tile.canonicalization import StartFromNothing  # it needs this class

        return (StartFromNothing(),)

    @classmethod
    def parse(cls, parser: Parser) -> MatmulOp:
        start = parser.pos
        acc: list[UnresolvedOperand] = []
        init: SSAValue | None = None
        if parser.parse_optional_keyword("acc"):
            acc = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_unresolved_operand)
        if parser.parse_optional_keyword("init"):
            with parser.in_parens():
                init = parser.resolve_operand(parser.parse_unresolved_operand(), i1)
        factors = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_unresolved_operand)
        attributes = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        factor_types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        parser.parse_punctuation("->")
        result_types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        lhs, *rhs = parser.resolve_operands(factors, factor_types, start)
        if acc and len(acc) != len(result_types):
            parser.raise_error(f"{len(result_types)} results take as many accumulators, got {len(acc)}", start)
        accumulators = parser.resolve_operands(acc, result_types, start) if acc else ()
        op = cls(lhs, rhs, result_types, accumulators, init)
        op.attributes |= attributes
        return op

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        if self.acc:
            printer.print_string("acc")
            with printer.in_parens():
                printer.print_list(self.acc, printer.print_ssa_value)
            printer.print_string(" ")
        if self.init is not None:
            printer.print_string("init")
            with printer.in_parens():
                printer.print_ssa_value(self.init)
            printer.print_string(" ")
        factors = (self.lhs, *self.rhs)
        printer.print_list(factors, printer.print_ssa_value)
        printer.print_op_attributes(self.attributes)
        printer.print_string(" : ")
        printer.print_list((factor.type for factor in factors), printer.print_attribute)
        printer.print_string(" -> ")
        printer.print_list(self.result_types, printer.print_attribute)

    def verify_(self) -> None:
        self._check_counts()
        self._check_accumulators()
        for right, result in zip(self.rhs, self.accs_out, strict=True):
            self._check_factor(right, result)
        self._check_spaces()

    def _check_counts(self) -> None:
        if not self.rhs:
            raise VerifyException("TW0111: a matmul has at least one right operand")
        if len(self.accs_out) != len(self.rhs):
            raise VerifyException(
                f"TW0111: {len(self.rhs)} right operands make {len(self.rhs)} results, got {len(self.accs_out)}"
            )
        if self.acc and len(self.acc) != len(self.rhs):
            raise VerifyException(
                f"TW0111: {len(self.rhs)} right operands need {len(self.rhs)} accumulators, got {len(self.acc)}"
            )
        if self.init is not None and not self.acc:
            raise VerifyException("TW0111: init(...) chooses between acc(...) and a fresh start; there is no acc(...)")

    def _check_accumulators(self) -> None:
        for position, acc in enumerate(self.acc):
            if acc in self.acc[:position]:
                raise VerifyException(
                    f"TW0109: two results cannot share the accumulator {value_name(acc)}: each needs one of its own"
                )
            if acc.type != self.accs_out[position].type:
                raise VerifyException(
                    f"TW0110: the accumulator {value_name(acc)} is {acc.type}, but its result is "
                    f"{self.accs_out[position].type}"
                )

    def _check_factor(self, right: SSAValue[TileType], result: SSAValue[TileType]) -> None:
        chip = load_chip()
        a, b, c = self.lhs.type, right.type, result.type
        (m, k), (k_right, n) = a.extents, b.extents
        if k != k_right or a.valid_extents[1] != b.valid_extents[0]:
            raise VerifyException(f"TW0110: K differs: {value_name(self.lhs)} is {a}, {value_name(right)} is {b}")
        if c.extents != (m, n) or c.valid_extents != (a.valid_extents[0], b.valid_extents[1]):
            raise VerifyException(f"TW0110: {a} times {b} does not make {c}")
        expected = chip.matmul_types.get((str(a.element_type), str(b.element_type)))
        if expected != str(c.element_type):
            made = f"makes {expected}" if expected else "cannot be multiplied by the cube unit"
            raise VerifyException(
                f"TW0108: {a.element_type} times {b.element_type} {made}, the result is {c.element_type}"
            )
        fractal = chip.k_fractal(str(a.element_type))
        valid_k = a.valid_extents[1]
        if valid_k != DYNAMIC_INDEX and valid_k % fractal:
            raise VerifyException(
                f"TW0112: K is {valid_k}, which is not a multiple of {fractal} (the fractal of {a.element_type}); "
                f"pad both operands with zeros to {-(-valid_k // fractal) * fractal}"
            )

    def _check_spaces(self) -> None:
        roles = [("left", self.lhs), *(("right", right) for right in self.rhs)]
        for role, value in (*roles, *(("acc", result) for result in self.accs_out)):
            if value.type.placement not in _OPERAND_SPACES[role]:
                wanted = " or ".join(str(space) for space in _OPERAND_SPACES[role] if space)
                raise VerifyException(
                    f"TW0113: {value_name(value)} sits in {value.type.placement}, "
                    f"but this matmul operand sits in {wanted}"
                )

    @property
    def is_placed(self) -> bool:
        """Whether the operands already sit where the cube unit reads them."""
        return self.lhs.type.placement is Space.LEFT and all(right.type.placement is Space.RIGHT for right in self.rhs)
