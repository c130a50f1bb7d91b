"""Writes the packaged FDA list from the release that the FDA published: ``python tools/convert_fda_list.py FILE TARGET.csv``.

The columns are the FDA's own, in its order and its words; formulas become plain numbers, and broken characters whole ones.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from standards_graph.importing.fda_ai_devices import Entry, entries

COLUMNS = ("Date of Final Decision", "Submission Number", "Device", "Company", "Panel (lead)", "Primary Product Code")


def row(entry: Entry) -> tuple[str, ...]:
    """An entry in the columns of the FDA."""
    return (f"{entry.decided:%m/%d/%Y}", entry.number, entry.device, entry.company, entry.panel, entry.code)


def main(source: Path, target: Path) -> None:
    """Convert one release."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row(entry) for entry in entries(source))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/convert_fda_list.py FILE TARGET.csv")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
