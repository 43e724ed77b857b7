"""Are enough lines and branches of mlpkit run by its tests? Reads coverage's JSON report.

`make coverage` writes the report and calls this. Exits with 1 when a share is below its limit.
"""

import json
import sys
from pathlib import Path

LIMITS = {"statements": 98, "branches": 95}  # percent


def shares(report):
    """Return {"statements": percent, "branches": percent} of a report of coverage."""
    return {name: report["totals"][f"percent_{name}_covered"] for name in LIMITS}


def main(path):
    """Print the shares of the report in the file `path`; return the exit status."""
    found = shares(json.loads(Path(path).read_text(encoding="utf-8")))
    for name, percent in found.items():
        verdict = "met" if percent >= LIMITS[name] else "missed"
        print(f"{name}: {percent:.2f} % ≥ {LIMITS[name]} %: {verdict}")
    return any(percent < LIMITS[name] for name, percent in found.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
