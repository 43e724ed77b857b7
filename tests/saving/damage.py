"""Load damaged and forged files: each must end in ValueError, and run no code of the file."""

import argparse
import hashlib
import io
import json
import pickle
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

from mlpkit import Linear, Net, ReLU, Sigmoid, Softmax, Tanh
from mlpkit.interop import load, save

RAN = []  # what a file has executed


class Payload:
    """An object whose pickle calls a function when it is loaded."""

    def __reduce__(self):
        return ran, ("executed",)


def ran(what):
    """Note that a file has executed something."""
    RAN.append(what)


def example():
    """Return a net with layers of all kinds and two arrays of every shape that occurs."""
    rng = np.random.default_rng(0)
    linear = [Linear(4, 4, rng), Linear(4, 4, rng), Linear(4, 4, rng)]
    net = Net(linear[0], Tanh(), ReLU(), linear[1], Sigmoid(), linear[2], Softmax())
    for _, value, _ in net.parameters():
        value[:] = rng.normal(size=value.shape)
    return net


# --- Damage: bytes that changed on a disk or on the way


def flipped(data, rng):
    """One bit is another."""
    place = rng.integers(len(data))
    return data[:place] + bytes([data[place] ^ (1 << rng.integers(8))]) + data[place + 1 :]


def overwritten(data, rng):
    """Some bytes in a row are random."""
    place, length = rng.integers(len(data) - 64), rng.integers(2, 64)
    return data[:place] + rng.bytes(length) + data[place + length :]


def cut(data, rng):
    """The end is missing."""
    return data[: rng.integers(len(data))]


def beheaded(data, rng):
    """The beginning is missing."""
    return data[rng.integers(1, len(data)) :]


def shorter(data, rng):
    """Some bytes in the middle are missing."""
    place = rng.integers(1, len(data) - 64)
    return data[:place] + data[place + rng.integers(1, 64) :]


def longer(data, rng):
    """Some bytes in the middle, or at the end, are too many."""
    place = rng.integers(len(data) + 1)
    return data[:place] + rng.bytes(rng.integers(1, 64)) + data[place:]


def exchanged(data, rng):
    """Two blocks have changed places."""
    a, b, c = np.sort(rng.choice(len(data), 3, replace=False))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


# --- Forgery: members that were replaced in a zip which is whole in itself


def members(data):
    """Return {name: bytes} of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content, seal, compression=zipfile.ZIP_STORED):
    """Return a zip of (name, bytes) pairs; `seal` gives it a checksum that fits."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "w") as archive:
        for name, value in content:
            archive.writestr(zipfile.ZipInfo(name), value, compression)
        archive.comment = b"0" * 64
    data = buffer.getvalue()[:-64]
    return data + (hashlib.sha256(data).hexdigest() if seal else "0" * 64).encode()


def an_array(content, rng):
    """Return the name of one of the arrays."""
    return str(rng.choice([name for name in content if name.endswith(".npy")]))


def npy(array):
    """Return the bytes of an .npy file."""
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.asarray(array))
    return buffer.getvalue()


def swap_members(content, rng):
    """Two arrays of one shape have changed places."""
    kind = rng.choice(["W", "b"])
    one, other = rng.choice([name for name in content if f".{kind}." in name], 2, replace=False)
    content[one], content[other] = content[other], content[one]


def other_numbers(content, rng):
    """An array holds other numbers."""
    name = an_array(content, rng)
    content[name] = npy(rng.normal(size=np.load(io.BytesIO(content[name])).shape))


def rename_member(content, rng):
    """A member has another name, such as one that leads out of a folder."""
    content[f"{rng.choice(['../', '7.', '/'])}b.npy"] = content.pop(an_array(content, rng))


def add_member(content, rng):
    """There is one more."""
    content[f"{rng.integers(9)}.V.npy"] = npy(np.zeros(3))


def drop_member(content, rng):
    """There is one less."""
    del content[str(rng.choice([*content]))]


def pickle_member(content, rng):
    """A member is a pickle, or an array of objects, that calls a function."""
    name = str(rng.choice([*content]))
    objects = np.array([Payload()] * 4, dtype=object)
    with_facts = rng.random() < 0.5
    content[name] = rng.choice([pickle.dumps(Payload()), npy(objects)])
    if with_facts and name.endswith(".npy"):
        fit_digest(content, name)


def edit_npy(content, rng):
    """An array's own header says something else than header.json, whose digest fits it."""
    name = an_array(content, rng)
    old, new = [
        (b"'fortran_order': False", b"'fortran_order': True "),
        (b"<f8", b">f8"),
        (b"<f8", b"<i8"),
        (b"<f8", b"|O8"),
        (b"(4,", b"(9,"),
        (b"(4,", b"(999999999999,"),
        (b"NUMPY\x01", b"NUMPY\x03"),
    ][rng.integers(7)]
    content[name] = content[name].replace(old, new, 1)
    fit_digest(content, name)


def fit_digest(content, name):
    """Let header.json name the digest that the member has."""
    header = json.loads(content["header.json"])
    number, kind, _ = name.split(".")
    header["layers"][int(number)][kind]["sha256"] = hashlib.sha256(content[name]).hexdigest()
    content["header.json"] = json.dumps(header).encode()


def edit_header(content, rng):
    """header.json says something else."""
    header = json.loads(content["header.json"])
    layer = header["layers"][int(rng.choice([0, 3, 5]))]
    facts = layer[str(rng.choice(["W", "b"]))]
    edits = [
        lambda: header.update(version=int(rng.integers(2, 99))),
        lambda: header.update(format="torch"),
        lambda: header.update(layers=[]),
        lambda: header.update(layers=[{"layer": "Tanh"}] * 2000),
        lambda: header.pop(str(rng.choice([*header]))),
        lambda: layer.pop(str(rng.choice([*layer]))),
        lambda: layer.update(layer=str(rng.choice(["Conv", "Tanh", "__class__", "eval"]))),
        lambda: layer.update(V=facts),
        lambda: facts.update(shape=[2 ** int(rng.integers(20, 62))] * len(facts["shape"])),
        lambda: facts.update(shape=[*facts["shape"], 1]),
        lambda: facts.update(shape=[-n for n in facts["shape"]]),
        lambda: facts.update(shape=[float(n) for n in facts["shape"]]),
        lambda: facts.update(shape="4"),
        lambda: facts.update(dtype=str(rng.choice(["float32", "float16", "object", "O", "i8"]))),
        lambda: facts.update(sha256=hashlib.sha256(rng.bytes(9)).hexdigest()),
        lambda: facts.pop(str(rng.choice([*facts]))),
        lambda: facts.update(more=1),
    ]
    edits[rng.integers(len(edits))]()
    content["header.json"] = json.dumps(header).encode()


def strange_header(content, rng):
    """header.json is no header at all, or endless."""
    texts = [b"", b"null", b"[]", b"{", b"[" * 10**5, b"\xff\xfe", b" " * 2 * 10**6, b"9" * 10**4]
    content["header.json"] = texts[rng.integers(len(texts))]


DAMAGE = [flipped, overwritten, cut, beheaded, shorter, longer, exchanged]
FORGERY = [
    *(swap_members, other_numbers, rename_member, add_member, drop_member),
    *(pickle_member, edit_npy, edit_header, strange_header),
]


def doubled(data, rng, seal):
    """A member is there twice, or only a member is."""
    content = [*members(data).items()]
    extra = content[rng.integers(len(content))]
    return zipped([*content, extra] if rng.random() < 0.8 else [extra], seal)


def compressed(data, rng, seal):
    """The members are compressed; one of them unpacks to much more than the file's size."""
    content = members(data)
    content[an_array(content, rng)] = bytes(10**6)
    return zipped(content.items(), seal, zipfile.ZIP_DEFLATED)


def forged(change, data, rng, seal):
    """Return the file with its members changed."""
    content = members(data)
    change(content, rng)
    return zipped(content.items(), seal)


def mutants(data, number, rng):
    """Yield (what was done, bytes) that many times, each unlike `data`, all kinds in turn."""
    kinds = [*DAMAGE, *FORGERY, doubled, compressed]
    while number:
        for kind in kinds[:number]:
            seal = kind not in DAMAGE and rng.random() < 0.8
            extra = (seal,) if kind in (doubled, compressed) else ()
            forge = kind in FORGERY
            new = forged(kind, data, rng, seal) if forge else kind(data, rng, *extra)
            while new == data:
                new = kind(data, rng)
            number -= 1
            yield f"{kind.__name__}{', checksum renewed' if seal else ''}", new


def verdict(path):
    """Return what loading a file came to."""
    RAN.clear()
    try:
        load(path)
    except ValueError as error:
        came = "refused" if str(path) in str(error) else "refused without naming the file"
    except BaseException as error:
        came = f"refused with {type(error).__name__}"
    else:
        came = "loaded"
    return "executed" if RAN else came


def judged(number, rng, folder):
    """Return Counter({(what was done, what came of it): times})."""
    path = Path(folder, "net.npz")
    save(example(), path)
    data, counted = path.read_bytes(), Counter()
    for kind, new in mutants(data, number, rng):
        path.write_bytes(new)
        counted[kind, verdict(path)] += 1
    return counted


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    number, began = parser.parse_args().files, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        counted = judged(number, np.random.default_rng(0), folder)
    for (kind, came), times in sorted(counted.items()):
        print(f"{times:6} {came:10} {kind}")
    refused = sum(times for (_, came), times in counted.items() if came == "refused")
    print(f"{refused} of {number} files refused ({time.perf_counter() - began:.0f} s)")
    sys.exit(refused < number)


if __name__ == "__main__":
    main()
