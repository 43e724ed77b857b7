"""From the command to the open lesson."""

import os
import sys
from pathlib import Path

from jupyterlab.labapp import LabApp

from ..i18n import _, language, speak_utf8
from .copies import PLACE, lay_all

LESSON = "OwnFramework.ipynb"
# What holds in JupyterLab until the learner changes it: it asks no other computer for news of
# itself, nor the learner whether it may.
SETTINGS = Path(__file__).with_name("settings")


def main(options=None):
    """Bring the copies up to date, say what is new, and open JupyterLab; return the exit code."""
    speak_utf8()
    root = Path(__file__).resolve().parents[2]
    if not Path(root, "notebooks").is_dir():
        return _("mlpkit does not lie in the course's folder. There, run: pip install -e .")
    try:
        for sentence in lay_all(root):
            print(sentence)
    except OSError as error:
        return refusal(root, error)
    sys.stdout.flush()
    paths = [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    options = sys.argv[1:] if options is None else options
    given = {option.partition("=")[0] for option in options}  # given twice, it would be refused
    own = {"--ServerApp.root_dir": root, "--LabApp.default_url": f"/lab/tree/{lesson()}"}
    first = [f"{name}={value}" for name, value in own.items() if name not in given]
    return LabApp.launch_instance([*first, *options])


def lesson():
    """The copy of the main lesson in the learner's language, which MLPKIT_LANG chooses."""
    folder = "" if language() == "en" else f"/{language()}"
    return f"{PLACE}/notebooks{folder}/{LESSON}"


def refusal(root, error):
    """Why the copies cannot be kept, and what to do."""
    return _(
        "Your copies of the lessons cannot be kept in {place}: {reason}. "
        "Make room there, or put the course's folder where you may write, and start again.",
        place=root / PLACE,
        reason=error.strerror or error,
    )
