"""Take pictures of a whole notebook in JupyterLab, window by window, to look at what readers see.

    python tests/browser/shoot.py notebooks/OwnFramework.ipynb screenshots

Exits with 1 when a cell failed, the console complained or a page asked another computer.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from lab import ROOT, browser, copy_course, open_notebook, server


def main():
    """Run the notebook named on the command line and save the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path, help="a notebook of this course")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--dark", action="store_true", help="use JupyterLab's dark theme")
    parser.add_argument("--no-run", action="store_true", help="show it as saved, without a run")
    options = parser.parse_args()
    complaints = shoot(options.notebook, options.folder, options.dark, not options.no_run)
    sys.exit("\n".join(complaints) or 0)


def shoot(path, folder, dark=False, run=True):
    """Save pictures of the notebook `path` to `folder`; give what went wrong, line by line."""
    path = path.resolve().relative_to(ROOT).as_posix()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        root, home = Path(temporary, "course"), Path(temporary, "home")
        copy_course(root)
        with server(root, home, dark) as url, browser() as chromium:
            notebook = open_notebook(chromium, url, path, dark)
            if run:
                notebook.run_all()
            for picture in notebook.shoot(folder):
                print(picture)
            failed = notebook.errors() if run else []
            return [f"{where}: {what}" for where, what in failed] + notebook.complaints


if __name__ == "__main__":
    main()
