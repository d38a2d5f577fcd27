"""The passes by name, each imported when a pipeline first names it."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.passes import ModulePass


def _canonicalize() -> type[ModulePass]:
    from xdsl.transforms.canonicalize import CanonicalizePass

    return CanonicalizePass


def _cse() -> type[ModulePass]:
    from xdsl.transforms.common_subexpression_elimination import CommonSubexpressionElimination

    return CommonSubexpressionElimination


def _dce() -> type[ModulePass]:
    from xdsl.transforms.dead_code_elimination import DeadCodeElimination

    return DeadCodeElimination


def _outline_scopes() -> type[ModulePass]:
    from tilewright.passes.outline_scopes import OutlineScopesPass

    return OutlineScopesPass


def _unplace_matmul() -> type[ModulePass]:
    from tilewright.passes.unplace_matmul import UnplaceMatmulPass

    return UnplaceMatmulPass


def _scale_loops() -> type[ModulePass]:
    from tilewright.passes.scale_loops import ScaleLoopsPass

    return ScaleLoopsPass


def _roll_peeled() -> type[ModulePass]:
    from tilewright.passes.roll_peeled import RollPeeledPass

    return RollPeeledPass


def _fold_casts() -> type[ModulePass]:
    from tilewright.passes.fold_casts import FoldCastsPass

    return FoldCastsPass


def _fold_into_loads() -> type[ModulePass]:
    from tilewright.passes.fold_into_loads import FoldIntoLoadsPass

    return FoldIntoLoadsPass


def _fuse_loops() -> type[ModulePass]:
    from tilewright.passes.fuse_loops import FuseLoopsPass

    return FuseLoopsPass


def _fuse_matmul() -> type[ModulePass]:
    from tilewright.passes.fuse_matmul import FuseMatmulPass

    return FuseMatmulPass


def _begin_sums() -> type[ModulePass]:
    from tilewright.passes.begin_sums import BeginSumsPass

    return BeginSumsPass


def _merge_starts() -> type[ModulePass]:
    from tilewright.passes.merge_starts import MergeStartsPass

    return MergeStartsPass


def _plan_matmul() -> type[ModulePass]:
    from tilewright.passes.plan_matmul import PlanMatmulPass

    return PlanMatmulPass


def _join_accumulators() -> type[ModulePass]:
    from tilewright.passes.join_accumulators import JoinAccumulatorsPass

    return JoinAccumulatorsPass


def _lower_matmul() -> type[ModulePass]:
    from tilewright.passes.lower_matmul import LowerMatmulPass

    return LowerMatmulPass


def _gather_constants() -> type[ModulePass]:
    from tilewright.passes.gather_constants import GatherConstantsPass

    return GatherConstantsPass


def _check_budget() -> type[ModulePass]:
    from tilewright.passes.check_budget import CheckBudgetPass

    return CheckBudgetPass


def _infer_spaces() -> type[ModulePass]:
    from tilewright.passes.infer_spaces import InferSpacesPass

    return InferSpacesPass


def _legalize_vector() -> type[ModulePass]:
    from tilewright.passes.legalize_vector import LegalizeVectorPass

    return LegalizeVectorPass


def _lower_pipeline() -> type[ModulePass]:
    from tilewright.passes.lower_pipeline import LowerPipelinePass

    return LowerPipelinePass


def _convert_tile_to_pto() -> type[ModulePass]:
    from tilewright.passes.tile_to_pto import ConvertTileToPtoPass

    return ConvertTileToPtoPass


def _plan_memory() -> type[ModulePass]:
    from tilewright.passes.plan_memory import PlanMemoryPass

    return PlanMemoryPass


def _plan_core_pipes() -> type[ModulePass]:
    from tilewright.passes.plan_core_pipes import PlanCorePipesPass

    return PlanCorePipesPass


def _insert_sync() -> type[ModulePass]:
    from tilewright.passes.insert_sync import InsertSyncPass

    return InsertSyncPass


def _expand_multi_tile() -> type[ModulePass]:
    from tilewright.passes.expand_multi_tile import ExpandMultiTilePass

    return ExpandMultiTilePass


def _unroll_slots() -> type[ModulePass]:
    from tilewright.passes.unroll_slots import UnrollSlotsPass

    return UnrollSlotsPass


def _verify_pto() -> type[ModulePass]:
    from tilewright.passes.verify_pto import VerifyPtoPass

    return VerifyPtoPass


def _mlir() -> type[ModulePass]:
    from tilewright.passes.mlir import MlirPass

    return MlirPass


PASSES: dict[str, Callable[[], type[ModulePass]]] = {
    "begin-sums": _begin_sums,
    "canonicalize": _canonicalize,
    "check-budget": _check_budget,
    "convert-tile-to-pto": _convert_tile_to_pto,
    "cse": _cse,
    "dce": _dce,
    "expand-multi-tile": _expand_multi_tile,
    "fold-casts": _fold_casts,
    "fold-into-loads": _fold_into_loads,
    "fuse-loops": _fuse_loops,
    "fuse-matmul": _fuse_matmul,
    "gather-constants": _gather_constants,
    "outline-scopes": _outline_scopes,
    "plan-core-pipes": _plan_core_pipes,
    "infer-spaces": _infer_spaces,
    "insert-sync": _insert_sync,
    "join-accumulators": _join_accumulators,
    "legalize-vector": _legalize_vector,
    "lower-matmul": _lower_matmul,
    "lower-pipeline": _lower_pipeline,
    "merge-starts": _merge_starts,
    "mlir": _mlir,
    "plan-matmul": _plan_matmul,
    "plan-memory": _plan_memory,
    "roll-peeled": _roll_peeled,
    "scale-loops": _scale_loops,
    "unplace-matmul": _unplace_matmul,
    "unroll-slots": _unroll_slots,
    "verify-pto": _verify_pto,
}
"""Every pass that a pipeline may name; what runs programs adds itself from above (`tools/running_passes.py`)."""
