"""Pictures of modelled runs, with matplotlib, which is imported only when something is drawn.

Every picture says that it is modelled, by which profile, and how far that may be off.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tilewright.arch.chip import Pipe, load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.lowering.files import write_output
from tilewright.timing.bounds import HBM

if TYPE_CHECKING:
    from tilewright.timing.calibration import Comparison
    from tilewright.timing.program_report import ProgramReport

_FORMATS = (".svg", ".png")
_MOST_BARS = 20_000
_MOST_EDGES = 500
_WIDTH = 130  # letters of a line
_COLOURS = {"MTE2": "#4878a8", "MTE1": "#6aa0c8", "M": "#c85a4a", "FIX": "#d8a040", "V": "#5f9e5f", "MTE3": "#8a6fae"}
_OTHER = "#888888"
_FLOP, _TERA = 2, 1e12


def check(path: str) -> None:
    """Find out before the work starts whether a picture can be drawn.

    Raises:
        DiagnosticError: TW0716 for a file that is neither svg nor png, or where matplotlib is not installed.
    """
    _pyplot(path)


def draw_timeline(report: ProgramReport, path: str) -> None:
    """Draw the pipes of one launch, or the cores that run tasks, over time in microseconds.

    Raises:
        DiagnosticError: see `check`, and TW0005 when it cannot be written.
    """
    plot = _pyplot(path)
    lanes = _task_lanes(report) if report.run is not None else _pipe_lanes(report)
    figure, axes = plot.subplots(figsize=(11, 1.2 + 0.34 * max(3, len(lanes))), layout="constrained")
    for number, (_, colour, bars) in enumerate(lanes):
        # Many narrow bars would disappear behind their edges.
        width = 0.2 if len(bars) < _MOST_EDGES else 0.0
        axes.broken_barh(bars, (number - 0.4, 0.8), facecolors=colour, edgecolors="white", linewidth=width)
    axes.set_yticks(range(len(lanes)), [name for name, _, _ in lanes])
    axes.invert_yaxis()
    axes.set_xlabel("microseconds" if report.run is not None else "microseconds of a block, without the launch")
    axes.set_xlim(left=0)
    axes.set_title("\n".join([_title(report), *_missing(report)]), fontsize=9)
    _save(plot, figure, path)


def _missing(report: ProgramReport) -> Sequence[str]:
    """What is not drawn."""
    notes: list[str] = []
    if report.run is None and (note := report.kernels[0].timeline.extrapolated):
        notes += wrap(f"not drawn: {note}", _WIDTH)
    drawn = report.run.records if report.run is not None else report.kernels[0].timeline.spans
    if len(drawn) > _MOST_BARS:
        notes.append(f"the first {_MOST_BARS} of {len(drawn)} are drawn")
    return notes


def _pipe_lanes(report: ProgramReport) -> Sequence[tuple[str, str, Sequence[tuple[float, float]]]]:
    line = report.kernels[0].timeline
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number, span in enumerate(line.spans):
        if number == _MOST_BARS:
            break
        bar = span.start / line.clock_mhz, (span.end - span.start) / line.clock_mhz
        found.setdefault((span.core, span.pipe.name), []).append(bar)
    order = list(_COLOURS)
    lanes = sorted(found, key=lambda lane: (lane[0], order.index(lane[1]) if lane[1] in order else len(order)))
    return [(f"{core} {pipe}", _COLOURS.get(pipe, _OTHER), found[core, pipe]) for core, pipe in lanes]


def _task_lanes(report: ProgramReport) -> Sequence[tuple[str, str, Sequence[tuple[float, float]]]]:
    assert report.run is not None
    run = report.run
    found: dict[int, list[tuple[float, float]]] = {}
    for record in run.records[:_MOST_BARS]:
        found.setdefault(record.core, []).append((record.start_us, record.end_us - record.start_us))
    colours = {"aic": _COLOURS["M"], "aiv": _COLOURS["V"]}
    return [(f"{run.core_types[core]} {core}", colours[run.core_types[core]], found[core]) for core in sorted(found)]


def draw_roofline(report: ProgramReport, path: str) -> None:
    """Draw products a second of each kernel over products per byte of HBM, and the limits of the chip.

    Raises:
        DiagnosticError: see `check`, and TW0005 when it cannot be written.
    """
    plot = _pyplot(path)
    chip, bandwidth = load_chip(), load_runtime().hbm * 1e6
    costs = chip.costs[report.profile]
    # Of 16-bit operands; a fractal is as deep as wide.
    per_cycle = _FLOP * chip.fractal.rows**2 * chip.fractal.columns("f16") / costs.matmul_cycles_per_fractal["f16"]
    peak = chip.cube_cores * per_cycle * chip.clock_mhz * 1e6
    figure, axes = plot.subplots(figsize=(8, 5), layout="constrained")
    knee = peak / bandwidth
    intensities = [knee / 1000, knee, knee * 1000]
    axes.loglog(intensities, [min(peak, bandwidth * each) / _TERA for each in intensities], color="black")
    axes.axvline(knee, color="grey", linewidth=0.6, linestyle=":")
    for kernel in report.kernels:
        moved = kernel.bounds.cycles[HBM] / chip.clock_mhz * 1e-6 * bandwidth
        # What the cube unit did, as if all its cycles had been 16-bit products.
        done = kernel.bounds.cycles.get(Pipe.M.name, 0) * min(kernel.blocks, kernel.cores) * per_cycle
        if moved and done:
            speed = done / (kernel.time_us * 1e-6) / _TERA
            axes.plot(done / moved, speed, "o")
            axes.annotate(f" {kernel.name}", (done / moved, speed), fontsize=8)
    axes.set_xlabel("cycles of the cube unit as 16-bit operations, per byte of HBM")
    axes.set_ylabel("10^12 of them a second")
    axes.set_title(_title(report), fontsize=9)
    axes.grid(visible=True, which="both", linewidth=0.3)
    _save(plot, figure, path)


def draw_comparison(compared: Sequence[Comparison], fitted: Sequence[str], title: str, path: str) -> None:
    """Draw modelled over measured times, in microseconds; rows that were fitted are hollow.

    Raises:
        DiagnosticError: see `check`, and TW0005 when it cannot be written.
    """
    plot = _pyplot(path)
    figure, (times, pipes) = plot.subplots(1, 2, figsize=(11, 5), layout="constrained")
    for each in compared:
        fill = "none" if each.measured.name in fitted else "#c85a4a"
        times.loglog(each.measured.time_us, each.time_us, "o", mfc=fill, mec="#c85a4a")
        label = f" {each.measured.name}: {100 * each.error:+.1f} %"
        times.annotate(label, (each.measured.time_us, each.time_us), fontsize=8, va="top")
        for pipe, busy in each.measured.busy.items():
            colour = _COLOURS.get(pipe.name, _OTHER)
            mark = "none" if each.measured.name in fitted else colour
            name = pipe.name if each is compared[0] else None
            pipes.plot(100 * busy, 100 * each.busy[pipe], "s", mfc=mark, mec=colour, label=name)
    ends = [min(each.measured.time_us for each in compared) / 2, max(each.measured.time_us for each in compared) * 2]
    times.plot(ends, ends, color="grey", linewidth=0.8)
    pipes.plot([0, 100], [0, 100], color="grey", linewidth=0.8)
    times.set_xlabel("published, us")
    times.set_ylabel("modelled, us")
    pipes.set_xlabel("published, % of the time busy")
    pipes.set_ylabel("modelled, %")
    pipes.legend(fontsize=8)
    figure.suptitle(f"{title}\nhollow: fitted; filled: held out", fontsize=9)
    _save(plot, figure, path)


def _title(report: ProgramReport) -> str:
    return f"@{report.name}: {report.time_us:.1f} us, modelled, profile {report.profile}\n{report.error}"


def _pyplot(path: str) -> Any:
    """Matplotlib's drawing functions, without a window."""
    if not path.endswith(_FORMATS):
        fail("TW0716", "a picture is an .svg or a .png file", SourceLocation(path))
    try:
        import matplotlib
    except ImportError:
        fail("TW0716", "drawing needs matplotlib", SourceLocation(path), help=("pip install 'tilewright[plot]'",))
    matplotlib.use("agg")
    # Words stay words in an svg, which is the same each time.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "tilewright"})
    from matplotlib import pyplot

    return pyplot


def _save(plot: Any, figure: Any, path: str) -> None:
    buffer = BytesIO()
    form = path.rpartition(".")[2]
    figure.savefig(buffer, format=form, dpi=130, metadata={"Date": None} if form == "svg" else None)
    plot.close(figure)
    write_output(path, buffer.getvalue())
