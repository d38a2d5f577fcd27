"""The plan of a matmul as it is written in the IR: `{plan = {k_chunk = 64 : i64, …}}` on the op."""

from __future__ import annotations

from dataclasses import fields

from xdsl.dialects.builtin import BoolAttr, DictionaryAttr, IntegerAttr, StringAttr, i64
from xdsl.ir import Attribute

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import MatmulOp
from tilewright.passes.analysis.matmul_plan import MatmulPlan
from tilewright.passes.analysis.plan_search import RankedPlan, SearchResult

PLAN = "plan"


def attach_plan(matmul: MatmulOp, result: SearchResult, best: RankedPlan, profile: str) -> None:
    """Write the chosen plan, its modelled time, the runner-up and the binding limit onto the op."""
    entries: dict[str, Attribute] = dict(_plan_entries(best.plan))
    entries |= {
        "profile": StringAttr(profile),
        "modelled_cycles": IntegerAttr(best.time.total, i64),
        "bound": StringAttr(best.time.bound),
        "bound_cycles": IntegerAttr(best.time.busy[best.time.bound], i64),
        "binding": StringAttr(result.binding),
        "tried": IntegerAttr(result.tried, i64),
    }
    if result.runner_up is not None:
        entries["runner_up"] = DictionaryAttr(
            _plan_entries(result.runner_up.plan) | {"modelled_cycles": IntegerAttr(result.runner_up.time.total, i64)}
        )
    matmul.attributes[PLAN] = DictionaryAttr(entries)


def read_plan(matmul: MatmulOp) -> MatmulPlan:
    """The plan that `attach_plan` wrote, or that the user wrote by hand.

    Raises:
        DiagnosticError: TW0207, there is none, or an entry is missing or has the wrong type.
    """
    plan = matmul.attributes.get(PLAN)
    if not isinstance(plan, DictionaryAttr):
        fail("TW0207", "this matmul has no plan", matmul, help=("run plan-matmul before lower-matmul",))
    return plan_of(plan, matmul)


def plan_of(entries: DictionaryAttr, matmul: MatmulOp) -> MatmulPlan:
    """The plan in a dictionary; `matmul` is where a problem is reported."""
    numbers: dict[str, int] = {}
    for field in fields(MatmulPlan):
        entry = entries.data.get(field.name)
        if not isinstance(entry, IntegerAttr):
            fail("TW0207", f"the plan of this matmul has no integer '{field.name}'", matmul)
        numbers[field.name] = entry.value.data
    return MatmulPlan(
        k_chunk=numbers["k_chunk"],
        a_resident=bool(numbers["a_resident"]),
        a_slots=numbers["a_slots"],
        b_slots=numbers["b_slots"],
        l0_k=numbers["l0_k"],
        left_slots=numbers["left_slots"],
        right_slots=numbers["right_slots"],
    )


def _plan_entries(plan: MatmulPlan) -> dict[str, Attribute]:
    entries: dict[str, Attribute] = {}
    for field in fields(plan):
        value: object = getattr(plan, field.name)
        assert isinstance(value, int)
        entries[field.name] = BoolAttr.from_bool(value) if isinstance(value, bool) else IntegerAttr(value, i64)
    return entries
