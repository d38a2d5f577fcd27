"""Rewrite a module into what MLIR can read by our IRDL.

MLIR gives operations that IRDL defines no properties and no traits: names lose their dots, properties become
attributes, lists of values get their sizes in the spelling of each version, and what ends a block must be an operation
of MLIR's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.dialects.builtin import DenseArrayBase, ModuleOp, UnregisteredOp, i32
from xdsl.ir import Attribute, Operation, Region, SSAValue
from xdsl.irdl import OperandDef, ResultDef
from xdsl.rewriter import Rewriter
from xdsl.traits import IsTerminator

from tilewright.dialects.diagnostics import fail
from tilewright.lowering.irdl.definitions import LIST_LIMIT, definition_of, values
from tilewright.lowering.irdl.model import Variadicity
from tilewright.lowering.irdl.vocabulary import Vocabulary

_UNREACHABLE = "llvm.unreachable"
"""A terminator of MLIR's that may stand anywhere."""


def rewritten(module: ModuleOp, vocabulary: Vocabulary) -> ModuleOp:
    """Give the module as MLIR reads it; the original stays as it is.

    Raises:
        DiagnosticError: TW0341 for a list that is longer than our IRDL says.
    """
    clone = module.clone()
    for op in [op for op in clone.walk() if type(op) in vocabulary.operations]:
        _end_blocks(op, vocabulary)
        _replace(op, vocabulary)
    for op in list(clone.walk()):
        if not isinstance(op, ModuleOp | UnregisteredOp):
            _end_blocks(op, vocabulary)
    return clone


def _replace(op: Operation, vocabulary: Vocabulary) -> None:
    definition = definition_of(type(op))
    attributes: dict[str, Attribute] = op.attributes | op.properties
    attributes |= _segments(op, definition.operands, "operand", vocabulary)
    attributes |= _segments(op, definition.results, "result", vocabulary)
    absent = len(definition.regions) - len(op.regions)
    name = f"{op.name.partition('.')[0]}.{vocabulary.operations[type(op)]}"
    new = UnregisteredOp.with_name(name).create(
        operands=op.operands,
        result_types=op.result_types,
        attributes=attributes,
        successors=op.successors,
        regions=[*(op.detach_region(region) for region in list(op.regions)), *(Region() for _ in range(absent))],
        location=op.location,
    )
    hints = [result.name_hint for result in op.results]
    Rewriter.replace_op(op, new)
    for result, hint in zip(new.results, hints, strict=True):
        result.name_hint = hint


def _segments(
    op: Operation,
    definitions: Sequence[tuple[str, OperandDef | ResultDef]],
    kind: str,
    vocabulary: Vocabulary,
) -> Mapping[str, Attribute]:
    """The sizes of the lists of values, where IRDL has more than one."""
    sizes: list[int] = []
    lists = 0
    for name, definition in definitions:
        declared = values(name, definition, vocabulary)
        lists += sum(value.variadicity is not Variadicity.SINGLE for value in declared)
        count = _count(getattr(op, name))
        if len(declared) == 1:
            sizes.append(count)
            continue
        if count > LIST_LIMIT:
            fail("TW0341", f"'{op.name}' has {count} values in '{name}'; our IRDL says at most {LIST_LIMIT}", op)
        sizes += [1] * count + [0] * (LIST_LIMIT - count)
    if lists < 2:
        return {}
    array = DenseArrayBase.from_list(i32, sizes)
    # LLVM 19 reads the first, what came after it the second.
    return {f"{kind}_segment_sizes": array, f"{kind}SegmentSizes": array}


def _count(value: SSAValue | Sequence[SSAValue] | None) -> int:
    if value is None:
        return 0
    return 1 if isinstance(value, SSAValue) else len(value)


def _end_blocks(op: Operation, vocabulary: Vocabulary) -> None:
    for region in op.regions:
        for block in region.blocks:
            last = block.last_op
            own = type(last) in vocabulary.operations
            if last is None or own or not last.has_trait(IsTerminator, value_if_unregistered=True):
                block.add_op(UnregisteredOp.with_name(_UNREACHABLE).create())
