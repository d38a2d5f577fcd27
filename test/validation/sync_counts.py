"""What `insert-sync` leaves in programs: how many flags, event ids and barriers, and how deep in loops.

`sync_counts.toml` holds it for each program; `python -m benchmarks.sync_counts --write` writes it anew, and its
difference is to be read as one reads a changed test: what is there more than before costs time on the chip. That what
is there is enough, and that all of it is needed, others see to.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from xdsl.dialects import scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import DiagnosticError, collect_diagnostics
from tilewright.dialects.pto import BarrierOp, FlagOp

from .byte_programs import unproven
from .compiled import compiled
from .random_programs import texts
from .sources import pto_programs

EXPECTED = Path(__file__).with_name("sync_counts.toml")

RANDOM_PROGRAMS = 40

_SHOWN = Path(__file__).parents[1] / "lit" / "passes" / "insert-sync"


def programs() -> Iterator[tuple[str, str, str]]:
    """Name, text and pipeline of each; once more with an end that keeps what the proof would leave out."""
    named = {name: text for name, text, pipeline in pto_programs() if pipeline.startswith("pto")}
    named |= {f"random-{number}": text for number, text in enumerate(texts(RANDOM_PROGRAMS))}
    for name, text in named.items():
        yield name, text, "plan-memory,insert-sync"
        if "%g0" in text:
            yield f"{name}, unproven", unproven(text), "plan-memory,insert-sync"
    for path in sorted(_SHOWN.glob("*.mlir")):
        yield f"insert-sync/{path.stem}", path.read_text(), "insert-sync"


def counts(text: str, pipeline: str) -> list[str]:
    """What orders a program after its pipeline, a line for each two pipes and for each pipe with barriers.

    Numbers with a plus between them are those outside of loops, in one, in two, and so on. A program that is refused
    has the error.
    """
    with collect_diagnostics(lambda _remark: None):
        try:
            return list(_lines(compiled(text, pipeline)))
        except DiagnosticError as error:
            return [str(error.diagnostics[0].message)]


def expected() -> Mapping[str, list[str]]:
    """What orders each program, by its name."""
    return tomllib.loads(EXPECTED.read_text())


def _lines(module: ModuleOp) -> Iterator[str]:
    found: dict[str, Counter[int]] = {}
    ids: dict[str, set[str]] = {}
    for op in module.walk():
        if isinstance(op, BarrierOp):
            found.setdefault(f"barriers of {op.pipe.data.name}", Counter())[_depth(op)] += 1
        elif isinstance(op, FlagOp):
            pipes = f"{op.src_pipe.data.name} to {op.dst_pipe.data.name}"
            found.setdefault(pipes, Counter())[_depth(op)] += 1
            ids.setdefault(pipes, set()).add(str(op.properties.get("event_id", "computed")))
    for what, depths in sorted(found.items()):
        numbers = "+".join(str(depths[depth]) for depth in range(max(depths) + 1))
        yield f"{what}: {numbers}" + (f", {len(ids[what])} ids" if what in ids else "")


def _depth(op: Operation) -> int:
    """How many loops are around an op."""
    parent = op.parent_op()
    return 0 if parent is None else _depth(parent) + isinstance(parent, scf.ForOp | scf.WhileOp)
