"""Where compiled kernels are kept between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tilewright.dialects.diagnostics import fail

_VARIABLE = "TILEWRIGHT_CACHE"


def cache_folder() -> Path:
    """Give the folder of the cache, which is made if needed: `TILEWRIGHT_CACHE`, else the user's folder for caches.

    Raises:
        DiagnosticError: TW0454 when it cannot be made.
    """
    chosen = os.environ.get(_VARIABLE)
    folder = Path(chosen) if chosen else _users_caches() / "tilewright"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(
            "TW0454",
            f"the cache {folder} cannot be made: {error.strerror}",
            help=(f"let {_VARIABLE} name a folder that can be written",),
        )
    return folder


def _users_caches() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
