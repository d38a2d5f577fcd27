"""How many flags, event ids and barriers programs take: `python -m benchmarks.sync_counts`.

Prints what is other than the tests expect (`test/validation/sync_counts.toml`), and exits with 1 when anything is;
`--write` writes what there is now.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tilewright.lowering.files import write_output

sys.path.insert(0, str(Path(__file__).parents[1] / "test"))

from validation.sync_counts import EXPECTED, counts, expected, programs


def main() -> int:
    """Count, and print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write what the tests expect")
    options = parser.parse_args()
    found = {name: counts(text, pipeline) for name, text, pipeline in programs()}
    known = expected() if EXPECTED.exists() else {}
    others = [name for name in {**known, **found} if known.get(name) != found.get(name)]
    for name in others:
        print(f"{name}: {known.get(name)} is {found.get(name)}")
    if options.write:
        lines = (f"{json.dumps(name)} = {json.dumps(what)}\n" for name, what in found.items())
        write_output(str(EXPECTED), "".join(lines))
        return 0
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
