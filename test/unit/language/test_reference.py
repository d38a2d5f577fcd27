"""The reference and the stub are what the tables of the language give."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from inspect import Parameter
from pathlib import Path
from textwrap import dedent

import pytest

import tilewright.language as pl
from tilewright.language.ops.parameters import PARAMETERS, RESULTS
from tilewright.language.ops.registry import operation_names, operations
from tilewright.language.reference import page, stub
from tilewright.language.reference.__main__ import PACKAGE
from tilewright.language.reference.signatures import type_of

ROOT = PACKAGE.parents[1]


def test_the_page_is_what_the_tables_give() -> None:
    assert (ROOT / "docs" / "language.md").read_text(encoding="utf-8") == page(), (
        "python -m tilewright.language.reference"
    )


def test_the_stub_is_what_the_tables_give() -> None:
    assert (PACKAGE / "__init__.pyi").read_text(encoding="utf-8") == stub(), "python -m tilewright.language.reference"


def test_the_page_names_everything() -> None:
    text = page()
    assert [name for name in operation_names() if f"`pl.{name}" not in text] == []


def test_the_stub_names_everything() -> None:
    text = stub()
    missing = [
        name for name in dir(pl) if not any(each in text for each in (f" {name}(", f" as {name}\n", f"{name} ="))
    ]
    assert [name for name in missing if f"\n{name}: " not in text] == []


@pytest.mark.parametrize("op", operations().values(), ids=lambda op: op.name)
def test_every_parameter_has_a_type(op) -> None:
    for parameter in op.signature.parameters.values():
        assert type_of(parameter)
    assert op.doc


def test_the_table_has_no_more_than_that() -> None:
    from tilewright.language import markers

    signatures = [op.signature for op in operations().values()]
    signatures += [each.signature for each in vars(markers).values() if hasattr(each, "signature")]
    used = {parameter.name for signature in signatures for parameter in signature.parameters.values()}
    assert sorted(set(PARAMETERS) - used) == []
    assert sorted(set(RESULTS) - set(operations())) == []


def test_a_parameter_that_may_be_left_away_takes_none() -> None:
    assert type_of(Parameter("deps", Parameter.KEYWORD_ONLY, default=None, annotation="object")).endswith("| None")


USER = """\
import tilewright.language as pl

ROWS, COLUMNS = 64, 256


@pl.jit.incore
def twice(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y[:] = pl.tile.add(x, x)
    return y


@pl.jit
def kernel(
    x: pl.Tensor[[ROWS, COLUMNS], pl.FP32], n: pl.Scalar[pl.INT32], y: pl.Out[pl.Tensor[[ROWS, COLUMNS], pl.FP32]]
):
    ids = pl.array.create(4, pl.TASK_ID)
    for i in pl.parallel(0, ROWS, 16):
        with pl.at(level=pl.Level.CORE_GROUP, name_hint="rows") as task:
            t = pl.load(x, [i, 0], [16, COLUMNS], target_memory=pl.Mem.Vec)
            t = pl.row_expand_sub(t, pl.row_max(t)) * 2.0
            y[i : i + 16, :] = pl.cast(t, pl.FP32, mode="rint")
        ids[0] = task
    for i in pl.spmd(4, deps=[ids]):
        pl.assemble(y, pl.exp(x[i * 16 : i * 16 + 16, :]), [i * 16, 0])
    y, task = pl.submit(twice, x, y, deps=[pl.system.task_dummy(deps=[ids])])
    return y
"""

WRONG = dedent(
    """
    import tilewright.language as pl


    def wrong(x: pl.Tensor):
        pl.exp(x, x)
        pl.load(x, [0, 0])
        pl.cast(x, "f32")
        pl.tile.row_maxx(x)
    """
)


def checked(folder: Path, text: str) -> list[tuple[int, str]]:
    """What basedpyright reports as errors: lines and rules."""
    if find_spec("basedpyright") is None:
        pytest.skip("basedpyright is not installed")
    (folder / "user.py").write_text(text, encoding="utf-8")
    settings = {"typeCheckingMode": "standard", "venvPath": str(ROOT), "extraPaths": [str(ROOT)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "-p", str(folder), "--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["generalDiagnostics"]
    return [(each["range"]["start"]["line"] + 1, each["rule"]) for each in found if each["severity"] == "error"]


def test_a_checker_accepts_what_is_right(tmp_path: Path) -> None:
    assert checked(tmp_path, USER) == []
    assert pl.parse(USER).compile().kernels


def test_a_checker_reports_what_is_wrong(tmp_path: Path) -> None:
    assert checked(tmp_path, WRONG) == [
        (6, "reportCallIssue"),
        (7, "reportCallIssue"),
        (8, "reportArgumentType"),
        (9, "reportAttributeAccessIssue"),
    ]
