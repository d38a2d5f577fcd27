"""`tilewright bench calibrate`: fits the profile `device` to published rows, and tells its error on the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tilewright.arch.calibrations import Calibration, load_calibrated
from tilewright.arch.chip import load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.dialects.diagnostics import did_you_mean, fail
from tilewright.kernels.gemm_benchmarks import CLASS, FITTED, TABLE, gemm_benchmarks
from tilewright.timing import plots
from tilewright.timing.calibration import Comparison, Fit, calibration_of, fit, predict
from tilewright.timing.measurements import measurements

PROFILE = "device"


@dataclass(frozen=True)
class Found:
    """A calibration, with all that it was compared with."""

    fit: Fit
    compared: Sequence[Comparison]
    calibration: Calibration

    @property
    def constants(self) -> Mapping[str, float]:
        """What was fitted, by the names of the architecture file."""
        return {
            "matmul.fixed_cycles": self.fit.profile.matmul_fixed_cycles,
            "move_fixed_cycles": self.fit.profile.move_fixed_cycles,
            "gib_per_s.acc_to_gm": self.fit.profile.gib_per_s["acc_to_gm"],
            "memory.l2_gib_per_s": self.fit.memory.l2_gib_per_s,
            "memory.l2_megabytes": self.fit.memory.l2_megabytes,
            "memory.launch_cycles": self.fit.memory.launch_cycles,
        }

    @property
    def is_stored(self) -> bool:
        """Whether the profile has these constants, and an error that is no smaller, rounded up."""
        stored, kept = stored_constants(), load_calibrated(PROFILE).classes[CLASS]
        close = 0.002
        return (
            stored == self.constants
            and list(kept.fitted) == list(self.calibration.fitted)
            and 0 <= kept.error - self.calibration.error < close
            and 0 <= kept.busy_error - self.calibration.busy_error < close
        )


def stored_constants() -> Mapping[str, float]:
    """What the profile has."""
    memory, profile = load_calibrated(PROFILE).memory, load_chip().costs[PROFILE]
    assert memory is not None
    return {
        "matmul.fixed_cycles": profile.matmul_fixed_cycles,
        "move_fixed_cycles": profile.move_fixed_cycles,
        "gib_per_s.acc_to_gm": profile.gib_per_s["acc_to_gm"],
        "memory.l2_gib_per_s": memory.l2_gib_per_s,
        "memory.l2_megabytes": memory.l2_megabytes,
        "memory.launch_cycles": memory.launch_cycles,
    }


def run_calibration(fitted: Sequence[str] | None = None) -> Found:
    """Fit to some rows, and compare all.

    Args:
        fitted: names of the rows; None for those of the profile.

    Raises:
        DiagnosticError: TW0717 for rows that there are not, none, or all.
    """
    chosen = FITTED if fitted is None else fitted
    rows = gemm_benchmarks()
    names = [row.measured.name for row in rows]
    for name in chosen:
        if name not in names:
            fail("TW0717", f"{TABLE} has no row '{name}'", help=did_you_mean(name, names) or (", ".join(names),))
    if not set(chosen) or set(chosen) == set(names):
        fail("TW0717", f"all rows of {TABLE} are fitted: none is left to tell the error", help=("leave one out",))
    chip, runtime = load_chip(), load_runtime()
    found = fit([row for row in rows if row.measured.name in chosen], chip.costs[PROFILE], chip, runtime)
    compared = [predict(row, found, chip, runtime) for row in rows]
    return Found(found, compared, calibration_of(CLASS, TABLE, list(chosen), compared))


def show_calibration(found: Found, console: Console) -> None:
    """Write the constants, the rows, and the error on those that were held out."""
    stored = stored_constants()
    console.print(Text(f"{TABLE}: {measurements()[TABLE].note}"))
    table = Table("constant", title=f"Fitted to {', '.join(found.calibration.fitted)}", title_justify="left")
    for column in ("fitted", f"profile {PROFILE}"):
        table.add_column(column, justify="right")
    for name, value in found.constants.items():
        table.add_row(name, f"{value:g}", f"{stored[name]:g}")
    console.print(table)
    table = Table("row", "used", title="Modelled against published", title_justify="left")
    pipes = list(found.compared[0].measured.busy)
    for column in ("published us", "modelled us", "error", *(f"{pipe.name} busy" for pipe in pipes)):
        table.add_column(column, justify="right")
    for each in found.compared:
        used = "fitted" if each.measured.name in found.calibration.fitted else "held out"
        busy = [f"{100 * each.measured.busy[pipe]:.1f} -> {100 * each.busy[pipe]:.1f} %" for pipe in pipes]
        times = f"{each.measured.time_us:.1f}", f"{each.time_us:.1f}"
        table.add_row(each.measured.name, used, *times, f"{100 * each.error:+.1f} %", *busy)
    console.print(table)
    console.print(Text(f"modelled, profile {PROFILE}: {found.calibration}"))
    console.print(Text(f"busy ratios within {100 * found.calibration.busy_error:.1f} points"))
    others = sorted({each.kernel_class for each in measurements().values()} - {CLASS})
    console.print(Text(f"uncalibrated, as no kernel of them is modelled yet: {', '.join(others)}"))


def show_halves(console: Console) -> None:
    """Write the held-out error for each pair of rows that may be fitted."""
    names = [row.measured.name for row in gemm_benchmarks()]
    table = Table("fitted", title="Held-out errors by what is fitted", title_justify="left")
    table.add_column("time", justify="right")
    table.add_column("busy ratios", justify="right")
    for chosen in combinations(names, len(names) // 2):
        error = run_calibration(chosen).calibration
        table.add_row(", ".join(chosen), f"{100 * error.error:.1f} %", f"{100 * error.busy_error:.1f} points")
    console.print(table)


def draw(found: Found, path: str) -> None:
    """Draw modelled over published."""
    title = f"{TABLE}, modelled, profile {PROFILE}: {found.calibration}"
    plots.draw_comparison(found.compared, found.calibration.fitted, title, path)
