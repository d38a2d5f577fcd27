"""Pictures: that they are drawn, say what they are, and that their absence is explained."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.kernels.gemm import Gemm
from tilewright.timing import plots
from tilewright.tools.cli import cli


@pytest.fixture
def gemm_file(tmp_path: Path) -> str:
    path = tmp_path / "gemm.pto"
    path.write_text(Gemm(1536, 1536, 1536).text())
    return str(path)


def invoke(*arguments: str) -> None:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_importing_plots_does_not_import_matplotlib() -> None:
    assert "import matplotlib" not in Path(plots.__file__).read_text().partition("def ")[0]


def test_a_launch_is_drawn(gemm_file: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    timeline, roofline = tmp_path / "timeline.svg", tmp_path / "roofline.png"
    invoke("simulate", gemm_file, "--blocks", "24", "--plot", str(timeline), "--roofline", str(roofline))
    text = timeline.read_text()
    assert text.startswith("<?xml")
    for word in ("modelled, profile device", "held-out error 2.2 % (class gemm, fitted to 1536, 7680)", "cube MTE2"):
        assert word in text
    assert roofline.read_bytes().startswith(b"\x89PNG")


def test_a_calibration_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "calibration.svg"
    invoke("bench", "calibrate", "--plot", str(picture))
    text = picture.read_text()
    for word in ("published, us", "modelled, us", "3072: +2.1 %", "hollow: fitted; filled: held out"):
        assert word in text


def test_tasks_are_drawn_by_core(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    import tilewright.language as pl

    text = (
        "@pl.jit\n"
        "def twice(x: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]):\n"
        "    for i in pl.range(2):\n"
        "        with pl.at(level=pl.Level.CORE_GROUP, name_hint='scale'):\n"
        "            y[:, :] = pl.mul(x[:, :], 2.0)\n"
        "    return y\n"
    )
    picture = tmp_path / "tasks.svg"
    plots.draw_timeline(pl.parse(text, pl=pl).simulate(), str(picture))
    assert "aiv " in picture.read_text()


def test_a_missing_matplotlib_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(DiagnosticError) as error:
        plots.check("picture.png")
    (diagnostic,) = error.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0716", "drawing needs matplotlib")
    assert diagnostic.help == ("pip install 'tilewright[plot]'",)


def test_other_formats_are_refused_before_the_work(gemm_file: str, tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match=r"a picture is an \.svg or a \.png file"):
        invoke("simulate", gemm_file, "--plot", str(tmp_path / "picture.jpg"))
