"""save(net, path) and load(path): a net in one file that is whole, or is refused.

The file is an npz, a zip without compression: header.json (the layers by name; of each array its
shape, dtype and SHA-256) and the arrays, 0.W.npy, 0.b.npy and so on. The zip's comment is the
SHA-256 of all bytes before it, so any changed bit is noticed before anything else is read.
That finds damage, not malice: who edits a file can write a new checksum. But whatever a file
holds, nothing of it is executed (no pickle), and its arrays take no more memory than it is long.
"""

import io
import json
import os
import zipfile
from pathlib import Path

import numpy as np

from ..files.replacing import check_path, write
from ..layers import Linear
from ..losses import check
from ..net import Net
from . import arrays as npy
from .parts import KINDS, MOST_LAYERS, check_shapes, parts

FORMAT, VERSION, HEADER = "mlpkit net", 1, "header.json"
MOST_HEADER, MOST_BYTES = 10**6, 2**30  # of header.json and of a whole file
SEAL = 64  # the length of a SHA-256 in hexadecimal


def save(net, path):
    """Write the net's layers and parameters into the file `path` (an existing file is replaced).

    A save that fails or is killed leaves the former file as it was. Layers are known by the names
    of their classes: your own Linear, with W (n_in, n_out) and b (n_out,) in float32 or float64,
    your own Tanh, ReLU, Sigmoid and Softmax. nan is saved like any number: a training that has
    diverged can be kept to be looked at. What the optimizer remembers is not saved.
    """
    write(path, packed(net))


def load(path):
    """Return the Net, of mlpkit's own layers, that save has written into the file `path`.

    Raises ValueError if the file is damaged or not one of save, OSError if it cannot be read.
    """
    check_path(path)
    data = whole(path)
    try:
        return unpacked(data)
    except Exception as error:  # zipfile, json and NumPy each have many words for a strange file
        wanted = f"a file written by save, format version {VERSION}"
        raise ValueError(f"{path}: expected {wanted}, got another ({error})") from error


# --- Writing


def packed(net):
    """Return the bytes of the file: the same for the same net."""
    layers, members = [], {}
    for number, (kind, arrays) in enumerate(parts(net)):
        layers.append({"layer": kind})
        for name, array in arrays.items():
            members[f"{number}.{name}.npy"] = content = npy.packed(array)
            facts = {"shape": array.shape, "dtype": array.dtype.name}
            layers[-1][name] = facts | {"sha256": npy.digest(content)}
    header = json.dumps({"format": FORMAT, "version": VERSION, "layers": layers}, indent=1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {HEADER: header, **members}.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # ZipInfo: with no time of day
        archive.comment = b"0" * SEAL
    check(buffer.tell() <= MOST_BYTES, "net", f"at most {MOST_BYTES} bytes", buffer.tell())
    data = buffer.getvalue()[:-SEAL]
    return data + npy.digest(data).encode()


# --- Reading


def whole(path):
    """Return the bytes of the file; raise ValueError unless they are those that were written."""
    size = os.stat(path).st_size  # asked first: a huge file, or an endless one, is never opened
    check(SEAL < size <= MOST_BYTES, path, f"{SEAL + 1} to {MOST_BYTES} bytes", size)
    data = Path(path).read_bytes()
    seal = npy.digest(memoryview(data)[:-SEAL]).encode()
    got = "another: the file is damaged, cut off or not written by save"
    check(data[-SEAL:] == seal, path, "the SHA-256 of its bytes at its end", got)
    return data


def unpacked(data):
    """Return the Net in the bytes of a file; any Exception says that it is none of ours."""
    entries = data.count(b"PK\x01\x02")  # counted before zipfile makes an object of each
    check(entries <= 2 * MOST_LAYERS + 1, "members", f"at most {2 * MOST_LAYERS + 1}", entries)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, *rest = archive.infolist()
        sizes = [m.file_size for m in (first, *rest) if m.compress_type == zipfile.ZIP_STORED]
        plain = len(sizes) == 1 + len(rest) and sum(sizes) < len(data)
        check(plain, "members", "none compressed, none inside another", "others")
        ok = first.filename == HEADER and first.file_size <= MOST_HEADER
        check(ok, "first member", f"{HEADER}, at most {MOST_HEADER} bytes", first)
        layers = described(json.loads(archive.read(first)))
        facts = {f"{n}.{k}.npy": v for n, (_, own) in enumerate(layers) for k, v in own.items()}
        names = [member.filename for member in rest]
        check(names == [*facts], "members", [*facts], names)
        arrays = iter([npy.read(archive, member, **facts[member.filename]) for member in rest])
    return Net(*(made(kind, [next(arrays) for _ in own]) for kind, own in layers))


def described(header):
    """Return [(class, {"W": facts, "b": facts} or {})] of a header, checked."""
    for name, wanted in (("format", FORMAT), ("version", VERSION)):
        check(header[name] == wanted, name, wanted, header[name])
    layers = [(KINDS[layer.pop("layer")], layer) for layer in header["layers"]]
    check(0 < len(layers) <= MOST_LAYERS, "layers", f"1 to {MOST_LAYERS}", len(layers))
    for place, (kind, own) in enumerate(layers):
        check([*own] == ["W", "b"] * (kind is Linear), f"layer {place}", "W and b", [*own])
        shapes = {name: tuple(facts["shape"]) for name, facts in own.items()}
        counts = all(type(n) is int and n > 0 for shape in shapes.values() for n in shape)
        check(counts, f"layer {place}", "whole numbers above 0", shapes)
        check_shapes(f"layer {place}", shapes)
    return layers


def made(kind, arrays):
    """Return a new layer with these parameters."""
    layer = kind(*arrays[0].shape, scale=0) if arrays else kind()
    if arrays:
        layer.W, layer.b = arrays
        layer.dW, layer.db = map(np.zeros_like, arrays)
    return layer
