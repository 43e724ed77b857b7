"""Every run starts from the same place, whatever the person who starts it has at home."""

import contextlib
import os
import signal
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

# A slow machine is not a wrong answer. The same examples in every run, so that green stays green;
# `make properties` draws new ones, and prints how to see a failing one again.
slow = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "database": None}
settings.register_profile("course", derandomize=True, max_examples=100, **slow)
settings.register_profile("new", derandomize=False, max_examples=1000, print_blob=True, **slow)
settings.load_profile("course")


def pytest_configure(config):
    """Give this process, and the kernels it starts, empty homes.

    A learner's own my_framework.py is neither read nor touched, and their IPython settings
    change no output. Nor does their language: that of a notebook is the name of its folder.
    What a shell starts in the background ignores interrupts; these tests send some.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for variable in ("MLPKIT_LANG", "JPY_SESSION_NAME"):
        os.environ.pop(variable, None)
    folder = tempfile.TemporaryDirectory(prefix="mlpkit-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    for variable in ("MLPKIT_HOME", "IPYTHONDIR"):
        home = Path(folder.name, variable.lower())
        home.mkdir()
        os.environ[variable] = str(home)


def pytest_collection():
    """Let kernels start on ports that no other program is given.

    Not earlier: coverage is measured from here on. Code that cannot be imported is no matter of
    this file; the tests will say so.
    """
    with contextlib.suppress(Exception):
        from mlpkit.checks.kernels import Ports

        Ports.instance()
