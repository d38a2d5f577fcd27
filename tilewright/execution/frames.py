"""What holds for a whole walk: which core walks, how far it may go, and what it has counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.pipe_ends import Direction
from tilewright.execution.instructions import Instruction

Reader: TypeAlias = Callable[[Instruction], int | float]
"""Gives the element that an instruction reads, which is its one source."""

STEP_LIMIT = 50_000_000
"""Steps after which a walk gives up unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which core walks.

    Attributes:
        block: number of the block that it works on.
        blocks: how many there are.
        subblock: number of a vector core beside its cube core.
        subblocks: vector cores beside a cube core.
    """

    block: int = 0
    blocks: int = 1
    subblock: int = 0
    subblocks: int = 1


@dataclass
class Frame:
    """One walk.

    Attributes:
        place: which core walks.
        core: the kind of core, whose sections alone are walked; None walks all sections.
        reader: gives scalars that come from memory; None when there is no memory.
        limit: how many steps may be made.
        steps: how many were made.
        passed: tiles that went through each end of a pipe: by the pipe, its direction and the kind of instruction.
    """

    place: Place = field(default_factory=Place)
    core: KernelKind | None = None
    reader: Reader | None = None
    limit: int = STEP_LIMIT
    steps: int = 0
    passed: Counter[tuple[str, Direction, str]] = field(default_factory=Counter[tuple[str, Direction, str]])

    def count(self, steps: int, op: Operation) -> None:
        """Count steps before they are made.

        Raises:
            DiagnosticError: TW0415 when they are too many.
        """
        self.steps += steps
        if self.steps > self.limit:
            fail(
                "TW0415",
                f"the kernel executed {self.limit} instructions and goes on",
                op,
                help=("check the condition and the step of this loop, or allow more instructions",),
            )

    def read(self, instruction: Instruction) -> int | float:
        """Give the scalar that an instruction reads from memory.

        Raises:
            DiagnosticError: TW0405 when nothing keeps memory.
        """
        if self.reader is None:
            fail(
                "TW0405",
                f"{instruction.op.name} reads memory, but this walk moves no data",
                instruction.op,
                help=("run the program on the physical engine, which keeps memory",),
            )
        return self.reader(instruction)
