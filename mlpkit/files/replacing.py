"""write(path, data): put a file into its place in one step, so that it is never half there."""

import math
import os
import re
import secrets
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from ..losses import check

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

# What Windows says while another program, such as a virus scanner, has the file open.
TAKEN = {5, 32, 33}
PAUSES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4]  # seconds
DEAD = 60  # seconds since a temporary file was last written: nobody writes it any more


def check_path(path):
    """Raise TypeError or ValueError unless path can be the name of a file."""
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"path: expected the name of a file, got {path!r:.60}")
    check("\0" not in str(path), "path", "the name of a file", repr(path))


def write(path, data):
    """Make `data` the content of the file `path`; if that fails, the former file stays.

    The new file has the permissions of the former one; without one, those of any new file.
    """
    check_path(path)
    path = Path(os.path.realpath(path))  # a link stays a link
    check(path.is_file() or not path.exists(), "path", "a file, or a name not taken yet", path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    with swept(path):
        try:
            with open(temporary, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())  # on the disk before it gets its name
            with suppress(OSError):  # there is no former file, or this disk keeps no permissions
                shutil.copymode(path, temporary)
            replace(temporary, path)
        finally:
            remove(temporary)


def replace(temporary, path):
    """Give the temporary file its name; on Windows, wait a second for who has that file open."""
    for pause in PAUSES:
        try:
            return os.replace(temporary, path)
        except OSError as error:
            if getattr(error, "winerror", None) not in TAKEN:
                raise
        time.sleep(pause)
    return os.replace(temporary, path)


def remove(temporary):
    """Remove a temporary file, if it is there and may be removed."""
    with suppress(OSError):
        temporary.chmod(0o600)  # Windows removes nothing that is read-only
        temporary.unlink()


@contextmanager
def swept(path):
    """Remove what killed writes to `path` left, and keep others from removing what follows.

    Every write holds a shared lock of the folder, which the system takes back from a killed
    process. Who gets the lock alone knows that nobody else is writing: what is there is stray.
    Where there are no such locks, what was not written for DEAD seconds is stray.
    """
    if fcntl is None:
        sweep(path, time.time() - DEAD)
        yield
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # another write is running, or this disk knows no locks
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            sweep(path)
        with suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_SH)
        yield
    finally:
        os.close(folder)


def sweep(path, before=math.inf):
    """Remove the temporary files of `path` that were last written before that time."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{16}}\.tmp")
    for stray in path.parent.iterdir():
        if pattern.fullmatch(stray.name):
            with suppress(OSError):
                if stray.stat().st_mtime < before:
                    remove(stray)
