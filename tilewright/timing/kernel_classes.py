"""Which class of measured kernels a kernel belongs to, and so how far the model may be off."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import func

from tilewright.arch.calibrations import Calibration, load_calibrated
from tilewright.arch.chip import Chip, Pipe
from tilewright.dialects.pto import CubeOp
from tilewright.timing.records import Timeline

UNCALIBRATED = "uncalibrated"
"""What stands for the error of a class that no measurement was compared with."""

GEMM = "gemm"
"""Products of 16-bit operands, a block on each cube core, nothing on vector cores."""

_OPERANDS = frozenset({"f16", "bf16"})


def kernel_class(functions: Sequence[func.FuncOp], blocks: int, timeline: Timeline, chip: Chip) -> str:
    """The class of a kernel; '' for one that is like nothing that was measured, smaller or larger ones included.

    Args:
        functions: what its cores run.
        blocks: how many run.
        timeline: of one.
        chip: how many cores there are.
    """
    products = [op for function in functions for op in function.walk() if isinstance(op, CubeOp)]
    plain = all(_element_type(op) in _OPERANDS for op in products)
    if not (products and plain and blocks == chip.cube_cores and Pipe.V not in timeline.work):
        return ""
    known = error_of(timeline.profile, GEMM)
    is_measured = known is not None and known.cube_cycles[0] <= timeline.work[Pipe.M] <= known.cube_cycles[1]
    return GEMM if is_measured else ""


def error_of(profile: str, name: str) -> Calibration | None:
    """What is known of the error of a profile on a class; None where it is uncalibrated."""
    return load_calibrated(profile).classes.get(name)


def error_text(profile: str, name: str) -> str:
    """The sentence that goes with every modelled time."""
    found = error_of(profile, name)
    return UNCALIBRATED if found is None else str(found)


def _element_type(op: CubeOp) -> str:
    return str(op.lhs.type.element_type)
