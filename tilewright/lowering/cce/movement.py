"""Movements between memories: with scales, conversions and modes where the path has them."""

from __future__ import annotations

from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import TExtractOp, TLoadOp, TMovOp, TStoreOp
from tilewright.dialects.pto.core_ops import (
    TExtractFpOp,
    TInsertFpOp,
    TInsertOp,
    TMovFpOp,
    TPrefetchOp,
    TStoreFpOp,
)
from tilewright.dialects.pto.modes import AccToVecMode, AtomicType, ReluPreMode, StorePhase
from tilewright.lowering.cce.calls import call, template, type_of
from tilewright.lowering.cce.expressions import Cast, Expression
from tilewright.lowering.cce.scope import Handlers, Scope

_PHASES = {StorePhase.PARTIAL: "STPhase::Partial", StorePhase.FINAL: "STPhase::Final"}
_ATOMICS = {AtomicType.NONE: "AtomicType::AtomicNone", AtomicType.ADD: "AtomicType::AtomicAdd"}
_RELUS = {ReluPreMode.NONE: "ReluPreMode::NoRelu", ReluPreMode.NORMAL: "ReluPreMode::NormalRelu"}
_SPLITS = {
    AccToVecMode.VEC0: "AccToVecMode::SingleModeVec0",
    AccToVecMode.VEC1: "AccToVecMode::SingleModeVec1",
    AccToVecMode.SPLIT_M: "AccToVecMode::DualModeSplitM",
    AccToVecMode.SPLIT_N: "AccToVecMode::DualModeSplitN",
}


def _load(scope: Scope, op: TLoadOp) -> None:
    """The type of the tile says what fills it up, so the mode of a load adds nothing; operands would."""
    for operand in (op.pad_value, op.left_padding, op.right_padding, op.init_condition):
        if operand is not None:
            fail(
                "TW0335",
                f"TLOAD takes no {value_name(operand)}: it fills a tile as the type of the tile says",
                op,
                help=("give the tile a type with pad=1, 2 or 3, for zero, the largest or the smallest number",),
            )
    scope.call("TLOAD", (scope.read(op.target), scope.read(op.source)), op)


def _store(scope: Scope, op: TStoreOp) -> None:
    """The types are spelled only where a mode comes after them in the list of the template."""
    window, tile = scope.read(op.target), scope.read(op.source)
    modes: list[str] = []
    if phase := _PHASES.get(op.phase.data):
        modes.append(phase)
    relu, atomic = op.relu.data, op.atomic.data
    if relu is not ReluPreMode.NONE or atomic is not AtomicType.NONE:
        modes += [type_of(tile), type_of(window), _ATOMICS[atomic]]
    if relu is not ReluPreMode.NONE:
        modes.append(_RELUS[relu])
    scope.call(template("TSTORE", modes), (window, tile, *_scale(scope, op.scale)), op)


def _move(scope: Scope, op: TMovOp) -> None:
    """With a row of scales the function is TMOV_FP, unless a mode of Vec makes it a TMOV again."""
    target, source = scope.read(op.target), scope.read(op.source)
    arguments: tuple[Expression, ...] = (target, source)
    if op.scales is not None:
        arguments += (scope.read(op.scales),)
    modes = [] if op.split is None else [_SPLITS[op.split.data]]
    if modes or op.relu.data is not ReluPreMode.NONE:
        modes = [*map(type_of, arguments), *modes, _RELUS[op.relu.data]]
    function = "TMOV_FP" if op.scales is not None and op.split is None else "TMOV"
    scope.call(template(function, modes), (*arguments, *_scale(scope, op.scale)), op)


def _scale(scope: Scope, value: SSAValue | None) -> tuple[Expression, ...]:
    """A value of another type, or a variable, would be taken for an event to wait for."""
    return () if value is None else (Cast("uint64_t", scope.read(value)),)


HANDLERS: Handlers = {
    TLoadOp: _load,
    TMovOp: _move,
    TStoreOp: _store,
    **dict(
        (
            call(TPrefetchOp, "TPREFETCH", lambda op: (op.target, op.source)),
            call(TStoreFpOp, "TSTORE_FP", lambda op: (op.target, op.source, op.scales)),
            call(TMovFpOp, "TMOV_FP", lambda op: (op.target, op.source, op.scales)),
            call(TExtractOp, "TEXTRACT", lambda op: (op.target, op.source, op.row, op.column)),
            call(TExtractFpOp, "TEXTRACT_FP", lambda op: (op.target, op.source, op.scales, op.row, op.column)),
            call(TInsertOp, "TINSERT", lambda op: (op.target, op.source, op.row, op.column)),
            call(TInsertFpOp, "TINSERT_FP", lambda op: (op.target, op.source, op.scales, op.row, op.column)),
        )
    ),
}
