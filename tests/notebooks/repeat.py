"""Run all notebooks again and again: does any output ever differ from the saved one?

`make test-repeated` runs this file. Prints a line for each run; exits with 1 when one differed.
"""

import argparse
import os
import subprocess
import sys
import time

from execute import english_notebooks
from processors import PYTEST

UTF8 = os.environ | {"PYTHONIOENCODING": "utf-8"}


def main():
    """Run them as often as asked, and count the runs that failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=50, help="how often (default 50)")
    runs, failed = parser.parse_args().runs, 0
    command = [sys.executable, *PYTEST.split(), *map(str, english_notebooks())]
    for number in range(1, runs + 1):
        start = time.monotonic()
        run = subprocess.run(command, capture_output=True, encoding="utf-8", env=UTF8)
        if run.returncode:
            failed += 1
            print(run.stdout)
        word = "DIFFERENT" if run.returncode else "the same"
        print(f"run {number} of {runs}: {word}, {time.monotonic() - start:.0f} s", flush=True)
    print(f"{failed} of {runs} runs differed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
