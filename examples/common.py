"""What the examples share: running a kernel on random arrays and comparing what it leaves with numpy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tilewright.language.jit import Kernel

Array = npt.NDArray[np.generic]
Arrays = Mapping[str, Array]


@dataclass(frozen=True)
class Case:
    """A kernel with arrays to run it on and what it must compute.

    Attributes:
        kernel: what is run.
        inputs: makes every argument by name, the outputs among them.
        reference: computes the outputs with numpy; takes the arguments, gives the outputs by name.
        tolerance: how far a number may be off, in units of the largest number of its array.
    """

    kernel: Kernel
    inputs: Callable[[np.random.Generator], Arrays]
    reference: Callable[[Arrays], Arrays]
    tolerance: float = 0.0

    def run(self, engine: str | None = None, seed: int = 0) -> float:
        """Run it; gives the largest error, in the unit of the tolerance.

        Raises:
            AssertionError: an output is further off than the tolerance.
        """
        arguments = self.inputs(np.random.default_rng(seed))
        wanted = self.reference(arguments)
        self.kernel(**arguments, engine=engine)
        worst = 0.0
        for name, right in wanted.items():
            found, expected = (np.asarray(each, np.float64) for each in (arguments[name], right))
            scale = max(float(np.abs(expected).max()), 1e-30)
            error = float(np.abs(found - expected).max()) / scale
            assert error <= self.tolerance, f"{self.kernel.name}: {name} is off by {error:.2e} of its largest number"
            worst = max(worst, error)
        return worst


def main(cases: Sequence[Case]) -> None:
    """Run every case on the engine that the command line names, `value` by default, and print the errors."""
    engine = sys.argv[1] if len(sys.argv) > 1 else "value"
    for case in cases:
        print(f"{case.kernel.name}: largest error {case.run(engine):.1e} on the {engine} engine")
