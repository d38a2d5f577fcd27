"""What becomes of near misses: each pass keeps what they compute, or one of them refuses them.

`near_misses.toml` holds what becomes of one near miss of each program that `--validate` is run on;
`python -m benchmarks.near_misses --write` writes it anew, and its difference is to be read as one reads a changed test.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tilewright.dialects.diagnostics import DiagnosticError

from .lit_programs import lit_programs
from .near_misses import NearMiss, near_misses
from .pass_programs import PassProgram
from .sources import sources
from .test_pass_programs import validated

EXPECTED = Path(__file__).with_name("near_misses.toml")

SAME = "the same"
"""Every pass keeps what the program computes."""

NOT_RUN = "not run"
"""Its passes take the program, which does not run on the inputs that are made for it."""

WRONG = ("TW0099", "TW0432", "TW0433", "TW0434", "TW0435", "TW0436", "TW0460")
"""What no program may come to that orders nothing itself: errors within the compiler, flags that are not enough, and
other results."""


_UNBOUNDED = ("scf.while", "cf.br", "cf.cond_br")


@dataclass(frozen=True)
class Original:
    """A program of the repository.

    Attributes:
        name: of the program, and its pipeline.
        text, pipeline: as `--validate` takes them.
    """

    name: str
    text: str
    pipeline: str

    @property
    def is_ordered(self) -> bool:
        """Whether its author orders instructions himself."""
        return any(word in self.text for word in ("pto.barrier", "pto.set_flag", "pto.record_event"))

    def near_misses(self, number: int = 1, seed: int = 0) -> Iterator[NearMiss]:
        """So many of them, if it gives as many; other seeds give others."""
        return near_misses(self.text, number, f"{seed} {self.name}")


def originals() -> Iterator[Original]:
    """The programs that `--validate` is run on, but those with loops that a small change may keep from ending."""
    for name, text, pipeline in (*sources(), *lit_programs()):
        if not any(word in text for word in _UNBOUNDED):
            yield Original(f"{name} ({pipeline})", text, pipeline)


def outcome(original: Original, miss: NearMiss) -> str:
    """What becomes of a near miss: `the same`, `not run`, or the code of the error that refuses it.

    Raises:
        AssertionError: it comes to something wrong.
    """
    try:
        remarks = validated(PassProgram(miss.text, original.pipeline), "")
    except DiagnosticError as error:
        code = error.diagnostics[0].code
        if code in WRONG and not original.is_ordered:
            raise AssertionError(f"{miss.what}: {error}") from error
        return code
    return NOT_RUN if any(each.code == "TW0462" for each in remarks) else SAME


def expected() -> Mapping[str, str]:
    """What becomes of the first near miss of each program, by its name."""
    return tomllib.loads(EXPECTED.read_text())
