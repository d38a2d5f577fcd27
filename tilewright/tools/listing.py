"""What `pto-opt` knows: its passes and pipelines with their options."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from xdsl.utils.arg_spec import ArgSpecConvertible

from tilewright.passes.options import option_infos
from tilewright.passes.pipelines import PIPELINES
from tilewright.passes.registry import PASSES


def list_passes() -> str:
    """Lay out every pass and pipeline: name, first line of its documentation, options."""
    lines = ["Pipelines:"]
    for name, load in sorted(PIPELINES.items()):
        lines.extend(_entry(name, load()))
    lines.append("Passes:")
    for name, load in sorted(PASSES.items()):
        lines.extend(_entry(name, load()))
    return "\n".join(lines) + "\n"


def _entry(name: str, owner: type[ArgSpecConvertible]) -> Iterator[str]:
    # Its own documentation only: what it inherits says what a pass is.
    summary = inspect.cleandoc(vars(owner).get("__doc__") or "").split("\n")[0]
    yield f"  {name:<24}  {summary}".rstrip()
    for info in option_infos(owner):
        yield f"      {info}"
