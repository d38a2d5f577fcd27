"""Writing files: whole or not at all."""

from pathlib import Path

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.lowering.files import check_writable, write_output


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    target.write_text("before")

    def no_space(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(DiagnosticError, match=r"No space left on device \[TW0005\]"):
        write_output(str(target), "after")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert target.read_text() == "before"


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    target.write_text("before")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(DiagnosticError, match="Permission denied"):
        check_writable(str(target))


def test_a_folder_that_may_not_be_written_is_refused_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_writable(str(tmp_path / "new"))
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(DiagnosticError, match="Permission denied"):
        check_writable(str(tmp_path / "new"))


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_output(str(tmp_path / "out"), "a\r\n\u00e9\n")
    assert (tmp_path / "out").read_bytes() == b"a\r\n\xc3\xa9\n"
