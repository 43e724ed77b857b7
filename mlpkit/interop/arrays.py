"""An array as the bytes of an .npy file, the same on every machine, and back."""

import hashlib
import io
import math

import numpy as np

from ..losses import check

MOST_BEFORE = 1024  # bytes before the numbers


def digest(content):
    """Return the SHA-256 of some bytes, 64 letters."""
    return hashlib.sha256(content).hexdigest()


def check_dtype(place, name):
    """Raise ValueError unless the dtype of this name is kept bit for bit, everywhere."""
    check(name in ("float32", "float64"), place, "float32 or float64 (see net.astype)", name)


def packed(array):
    """Return the bytes of an .npy file: in rows, the least byte of a number first, everywhere."""
    buffer = io.BytesIO()
    plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    np.lib.format.write_array(buffer, plain, version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def read(archive, member, shape, dtype, sha256):
    """Return the array of a member; raise ValueError unless it is what the header says."""
    check_dtype(member.filename, dtype)
    shape, dtype = tuple(shape), np.dtype(dtype)
    before = member.file_size - math.prod(shape) * dtype.itemsize
    check(0 < before <= MOST_BEFORE, member.filename, f"{shape} {dtype}", member.file_size)
    content = archive.read(member)
    check(digest(content) == sha256, member.filename, f"SHA-256 {sha256}", digest(content))
    stream, wanted = io.BytesIO(content), (shape, False, dtype.newbyteorder("<"))
    version = np.lib.format.read_magic(stream)
    check(version == (1, 0), member.filename, ".npy format (1, 0)", version)
    got = np.lib.format.read_array_header_1_0(stream)
    check(got == wanted and stream.tell() == before, member.filename, wanted, got)
    return np.frombuffer(content, wanted[-1], offset=before).reshape(shape).astype(dtype)
