"""`python -m mlpkit.checks report NOTEBOOK ...`: what a class got right, for the teacher."""

import sys

from .report import main

if __name__ == "__main__":
    sys.exit(main())
