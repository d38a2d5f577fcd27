"""What a linter says about a `pto` program that ptoas accepts: one rule per file, nothing changed.

A rule takes a function (or the module) and yields diagnostics; `RULES` is the list that `tilewright check` runs.
"""

from tilewright.passes.lint.runner import RULES, SpaceUsage, Strength, lint, space_usage

__all__ = ["RULES", "SpaceUsage", "Strength", "lint", "space_usage"]
