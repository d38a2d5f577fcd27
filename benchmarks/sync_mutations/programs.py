"""Every kernel of the repository, and random ones, with their pipelines."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import collect_diagnostics
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.kernels.projection import Projection
from tilewright.passes.manager import parse_pipeline, run_passes

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "test"))

from validation import (  # noqa: E402
    byte_programs,
    flag_programs,
    kernels,
    odd_programs,
    programs,
    projection_programs,
    random_programs,
    slot_programs,
    store_programs,
)

RANDOM_PROGRAMS = 60
FLASH_ATTENTION = ROOT / "test" / "validation" / "known_bugs" / "flash_attention.pto"

_WITH_MORE = (
    "busy-functions",
    "own-barriers",
    "slots-by-halves",
    "slots-of-no-turn",
    "slots-in-a-branch",
    "random-2",
)
"""Not each of their flags is needed: functions begin with a barrier for all that any caller may have begun; barriers of
the author stay; slots that do not go on evenly are not followed; a loop that never runs counts as one that may; what is
behind a branch waits for the last turn of a loop in there."""

_UNPROVEN = (
    "empty-branch",
    "slots",
    "functions",
    "lives",
    "through-memory",
    "elements",
    "placed-memrefs",
    "barrier-in-a-loop",
    "windows",
    "offsets",
    "other-views",
    "many",
    "ten-turns",
    "fixed-slots",
    "settled-within",
    "unsettled-within",
    "in-between",
    "swapped",
    "handed-through",
    "valid-parts",
    "computed-extents",
    "rest-of-a-round",
    "rounds-of-two-rings",
    "slots-of-one-pipe",
)
"""Programs whose flags are all needed before any is left out because the order is proven without it."""


def sources() -> Iterator[tuple[str, str, str]]:
    """Name, text and pipeline of each."""
    yield from _tile_programs()
    yield from _pto_programs()
    yield from _random_programs()


def compiled(name: str, text: str, pipeline: str) -> ModuleOp:
    """A program after its pipeline."""
    module = parse_module(make_context(), text, name)
    with collect_diagnostics(lambda _: None):
        run_passes(make_context(), module, parse_pipeline(pipeline), verify_each=False)
    return module


def _tile_programs() -> Iterator[tuple[str, str, str]]:
    for path in (*ROOT.glob("examples/*.mlir"), *ROOT.glob("tilewright/kernels/*.mlir")):
        yield path.name, path.read_text(), "a2a3"
    for name, program in {**programs.SPECIAL, **projection_programs.projections()}.items():
        yield name, program.text, "a2a3"
    for parts in (1, 2, 3):
        for limit in (65536, 524288):
            text = Projection(16, 4096, 128, "i8", parts).text()
            yield f"projection-{parts}-{limit}", text, f"a2a3{{mat-limit={limit}}}"


def _pto_programs() -> Iterator[tuple[str, str, str]]:
    for name in ("RING", "UNPLANNED", "NESTED", "EXTRACT", "COPY"):
        yield f"kernels.{name}", getattr(kernels, name), "pto{strength=ptoas}"
        if name != "RING":
            yield f"kernels.{name}, unproven", byte_programs.unproven(getattr(kernels, name)), "pto{strength=ptoas}"
    odd = {
        **odd_programs.PROGRAMS,
        **byte_programs.BYTE_PROGRAMS,
        **flag_programs.FLAG_PROGRAMS,
        **store_programs.STORE_PROGRAMS,
        **slot_programs.SLOT_PROGRAMS,
    }
    for name, text in odd.items():
        if name not in _WITH_MORE:
            yield name, text, "pto{strength=ptoas}"
    for name in _UNPROVEN:
        yield f"{name}, unproven", byte_programs.unproven(odd[name]), "pto{strength=ptoas}"
    for path in sorted(FLASH_ATTENTION.parent.glob("*_right.pto")):
        yield path.name, path.read_text(), "pto{strength=ptoas}"
    yield FLASH_ATTENTION.name, FLASH_ATTENTION.read_text(), "pto{strength=ptoas}"


def _random_programs() -> Sequence[tuple[str, str, str]]:
    texts = random_programs.texts(RANDOM_PROGRAMS)
    named = {f"random-{number}": _independent(text) for number, text in enumerate(texts)}
    return [(name, text, "plan-memory,insert-sync") for name, text in named.items() if name not in _WITH_MORE]


def _independent(text: str) -> str:
    """A random program with a trip count for each loop and a condition for each branch: flags may depend on neither."""
    numbers = count()
    text = re.sub(r"to %n step", lambda _: f"to %n{next(numbers)} step", text)
    conditions = count()
    text = re.sub(r"scf.if %b ", lambda _: f"scf.if %b{next(conditions)} ", text)
    more = [f"%n{number}: index" for number in range(next(numbers))]
    more += [f"%b{number}: i1" for number in range(next(conditions))]
    return text.replace("%n: index, %b: i1", ", ".join(["%n: index", *more]))
