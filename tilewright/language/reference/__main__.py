"""`python -m tilewright.language.reference` writes the reference and the stub into the sources."""

from __future__ import annotations

from pathlib import Path

from tilewright.language.reference import page, stub

PACKAGE = Path(__file__).parents[1]


def main() -> None:
    """Write both files; the reference only where there is a folder for it."""
    (PACKAGE / "__init__.pyi").write_text(stub(), encoding="utf-8")
    documents = PACKAGE.parents[1] / "docs"
    if documents.is_dir():
        (documents / "language.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
