"""The programs that `--validate` is run on, each with its pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewright.kernels.projection import Projection

from . import (
    byte_programs,
    flag_programs,
    joined_programs,
    kernels,
    odd_programs,
    pass_programs,
    programs,
    projection_programs,
    random_programs,
    slot_programs,
    store_programs,
    vector_modules,
)

RANDOM_PROGRAMS = 40


def sources() -> Iterator[tuple[str, str, str]]:
    """Name, text and pipeline of each."""
    yield from tile_programs()
    yield from pto_programs()
    for number, text in enumerate(random_texts()):
        yield f"random-{number}", text, "plan-memory,insert-sync,check-sync"


def tile_programs() -> Iterator[tuple[str, str, str]]:
    """Tile programs at both levels."""
    for name, program in {**programs.SPECIAL, **projection_programs.projections()}.items():
        yield name, program.text, "a2a3,check-sync"
        if 2 in program.levels:
            yield name, program.text, "a2a3{level=2}"
    for name, text in odd_programs.TILE_PROGRAMS.items():
        yield name, text, "a2a3,check-sync"
    for name, text in joined_programs.JOINED_PROGRAMS.items():
        yield f"joined-{name}", text, "a2a3,check-sync"
        yield f"joined-{name}", text, "a2a3{level=2}"
    for name in ("loop-swaps", "pipeline", "branch-one", "while", "clamp-a-part", "columns", "views", "nested", "top"):
        yield f"vector-{name}", vector_modules.MODULES[name].text, "a2a3,check-sync"
    for name, program in pass_programs.PASS_PROGRAMS.items():
        yield f"for-{name}", program.text, f"{program.pipeline},check-sync"
    # It fits once, and not twice.
    yield "pinned-straight", programs.SPECIAL["pinned-straight"].text, "a2a3{mat-limit=196608},check-sync"
    for parts in (1, 2, 3):
        for limit in (65536, 524288):
            text = Projection(16, 1024, 128, "i8", parts).text()
            yield f"projection-{parts}-{limit}", text, f"a2a3{{mat-limit={limit}}},check-sync"


def pto_programs() -> Iterator[tuple[str, str, str]]:
    """Programs of the `pto` dialect without flags, with and without addresses."""
    for name in ("RING", "UNPLANNED", "NESTED", "EXTRACT"):
        yield name, getattr(kernels, name), "pto{strength=ptoas},check-sync"
    slots = slot_programs.SLOT_PROGRAMS
    for name, text in {
        **odd_programs.PROGRAMS,
        **byte_programs.BYTE_PROGRAMS,
        **flag_programs.FLAG_PROGRAMS,
        **store_programs.STORE_PROGRAMS,
        **slots,
    }.items():
        yield name, text, "pto{strength=ptoas},check-sync"
    for name, text in slots.items():
        if name not in slot_programs.NOT_UNROLLED:
            yield name, text, "unroll-slots,plan-memory,insert-sync,check-sync"


def random_texts() -> list[str]:
    """The same random vector programs each time; each tile is loaded first, so that nothing reads what is not there."""
    load = r"\1\npto.tload ins(%g0 : !pto.partition_tensor_view<8x64xf32>) outs(\2 : !pto.tile_buf<vec, 8x64xf32>)"
    return [re.sub(r"((%t\d+) = pto.alloc_tile.*)", load, text) for text in random_programs.texts(RANDOM_PROGRAMS)]
