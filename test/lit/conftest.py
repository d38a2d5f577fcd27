"""Make each lit file a pytest item, run in this process."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import inprocess
import pytest


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect test files of the suite."""
    if file_path.suffix in inprocess.SUFFIXES:
        return LitFile.from_parent(parent, path=file_path)
    return None


class LitFile(pytest.File):
    """A file with RUN lines: one test."""

    def collect(self) -> Iterable[pytest.Item]:
        """Give the one test of this file."""
        yield LitItem.from_parent(self, name=self.path.name)


class LitItem(pytest.Item):
    """All RUN lines of a file."""

    def runtest(self) -> None:
        """Run the file; skip it by name when this machine lacks what it requires."""
        try:
            inprocess.run_file(self.path)
        except inprocess.MissingFeatureError as missing:
            pytest.skip(str(missing))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> object:
        """Show the failing command instead of a Python traceback."""
        if isinstance(excinfo.value, inprocess.FailedError | inprocess.RefusedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name the item by its file."""
        return self.path, 0, self.name
