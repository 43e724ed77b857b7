"""What people hand over by mistake, by the role of an argument; and other forms of good values.

Each role is a function of a good value: it returns a dict of kind -> bad value.
"""

import numpy as np
from scipy.sparse import csr_array  # scikit-learn needs it too

from mlpkit import Linear, Net, ReLU


class Opaque:
    """An object that can do nothing."""

    def __repr__(self):
        return "Opaque()"


def without(role, *kinds):
    """Return the role without some kinds, which are no mistakes there."""
    return lambda good: {kind: bad for kind, bad in role(good).items() if kind not in kinds}


def joined(*roles):
    """Return the role with the bad values of all of these."""
    return lambda good: {kind: bad for role in roles for kind, bad in role(good).items()}


def anything(good):
    """An argument that has no bad values."""
    return {}


# --- Arrays


def no_array(good):
    """What is no array of numbers with a row or more."""
    good = np.asarray(good)
    return {
        "None": None,
        "a word": "many",
        "strings": good.astype(str),
        "objects": good.astype(object),
        "an opaque object": Opaque(),
        "a dict": {"a": 1.0},
        "an iterator": iter([[1.0, 2.0]]),
        "rows of different lengths": [[1.0, 2.0], [3.0]],
        "a sparse array": csr_array(np.atleast_2d(good)),
        "dates": good.astype(int).astype("datetime64[D]"),
        "nothing": [],
        "no rows": good[:0],
        "a single number": 1.0,
    }


def not_finite(good):
    """Arrays whose last number is none."""
    bad = {}
    for value in (np.nan, np.inf, -np.inf):
        bad[str(value)] = np.array(good, dtype=float)
        bad[str(value)].flat[-1] = value
    return bad


def huge(good):
    """Arrays with a number whose square is no float."""
    return {"a huge number": np.where(good == good.max(), 1e308, good)}


def other_width(good):
    """Arrays that have not the shape (samples, features)."""
    return {
        "one feature too few": good[:, :-1],
        "one feature too many": np.hstack([good, good[:, :1]]),
        "one dimension too few": good[:, 0],
        "one dimension too many": good[None],
        "transposed": good.T,
    }


def other_length(good):
    """Arrays with too few or too many entries."""
    return {"too few": good[:-1], "too many": np.concatenate([good, good[:1]])}


def no_labels(good):
    """What is no list of labels."""
    return {
        "fractions": good + 0.5,
        "one hot": np.eye(3)[good],
        "more dimensions": good[:, None, None],
        "complex numbers": good + 0j,
    }


def unknown_labels(good):
    """Labels that scores have no place for."""
    return {
        "a label of -1": np.where(good == 1, -1, good),
        "a label too high": np.where(good == 1, 3, good),
        "a huge label": np.where(good == 1, 2**62, good),
        "floats": good.astype(float),
        "a column": good[:, None],
    }


def classes(good):
    """Something else than all labels there are."""
    return {"None": None, "not all": good[good > 0], "a number": 3, "an opaque object": Opaque()}


def one_dimension_too_many(good):
    return {"one dimension too many": good[None]}


def no_floats(good):
    return {"whole numbers": good.astype(int), "lists": good.tolist()}


def no_counts(good):
    """What is no square of counts."""
    return {
        "negative": -good - 1,
        "fractions": good + 0.5,
        "one row": good[:1],
        "one dimension too many": good[None],
        "huge": good + 1e300,
    }


def names(good):
    """What does not name things one by one."""
    return other_length(good) | {
        "a number": 3,
        "an opaque object": Opaque(),
        "a column": good[:, None],
        "rows of different lengths": [[1, 2], *[[3]] * (len(good) - 1)],
    }


history = without(no_array, "dates", "strings", "objects")  # a list is read number by number
batch = joined(no_array, other_width)  # layers look at shapes only: nan goes in and comes out
dout = joined(no_array, other_width, other_length)
samples = joined(no_array, other_width, not_finite)
scores = joined(no_array, other_length, one_dimension_too_many)
scores_alone = joined(no_array, one_dimension_too_many)
targets = joined(no_array, other_length)
column = joined(targets, not_finite, one_dimension_too_many)
points = joined(samples, huge)
curve_points = joined(column, huge)
labels = joined(targets, not_finite, no_labels)
known_labels = joined(labels, unknown_labels)
rows = joined(
    without(no_array, "strings", "objects", "dates", "a sparse array"), other_length
)  # whatever has rows can be split
images = joined(points, no_floats)
counts = joined(no_array, not_finite, no_counts)
sample = without(no_array, "no rows")


# --- Numbers


def no_number(good):
    return {
        "None": None,
        "a word": "many",
        "a digit as text": "3",
        "a list": [3],
        "an array": np.array([3, 4]),
        "an opaque object": Opaque(),
        "a complex number": 1j,
        "a type": float,
        "nan": np.nan,
        "inf": np.inf,
        "-inf": -np.inf,
    }


def single(good):
    """Something else than a finite number."""
    return no_number(good) | {"larger than a float": 10**400}


def at_least_0(good):
    return single(good) | {"negative": -0.1, "True": True}


def above_0(good):
    return at_least_0(good) | {"zero": 0.0}


def bounded(good):
    return at_least_0(good) | {"huge": 1e308}


def share(good):
    """Something else than a number between 0 and 1, neither of them."""
    return above_0(good) | {"one": 1, "more than one": 1.5}


def count(good):
    """Something else than a whole number above 0."""
    return no_number(good) | {"zero": 0, "negative": -1, "a fraction": 2.5}


def digits(good):
    """Something else than a whole number from 0 to 15."""
    return without(count, "zero")(good) | {"too many": 16}


def rng(good):
    """Something else than a seed or a Generator."""
    bad = {"negative": -1, "a fraction": 1.5, "a word": "seed", "nan": np.nan, "a type": float}
    return bad | {"an opaque object": Opaque(), "a complex number": 1j}


# --- Texts, things and functions


def text(good):
    return {"a number": 3, "a list": ["Title"], "an opaque object": Opaque(), "bytes": b"Title"}


def known_name(good):
    """Something else than one of some names."""
    bad = text(good) | {"None": None, "a dict": {}, "nan": np.nan, "nothing": ""}
    return bad | {"unknown": f"{good}s", "a path": f"../{good}"}


def expression(good):
    """Something else than an expression."""
    bad = {"half of one": "w*x +", "a call": "open(x)", "too long": "x+" * 1000 + "w*b"}
    return bad | {"no text": ""} | text(good)


def path(good):
    """Something else than the name of a file."""
    bad = {"None": None, "a number": 3, "a fraction": 2.5, "a list": ["a"], "True": True}
    return bad | {"an opaque object": Opaque(), "a null character": "a\0b"}


def thing(good):
    """Something else than an object with methods: a net, a loss, an optimizer."""
    bad = {"None": None, "a word": "net", "a number": 3, "a list": [1], "a dict": {}}
    return bad | {"an opaque object": Opaque(), "its class": type(good), "an array": np.ones(2)}


def reader_of_digits(good):
    """Something else than a net that starts with weights for 784 pixels and ends in 10 scores."""
    return {
        "too few pixels": Net(Linear(100, 10, 0)),
        "5 digits": Net(Linear(784, 5, 0)),
        "12 digits": Net(Linear(784, 12, 0)),
        "no weights first": Net(ReLU(), Linear(784, 10, 0)),
    }


def function(good):
    """Something else than a class or a function."""
    bad = {"a word": "Linear", "a number": 3, "a list": [1], "an opaque object": Opaque()}
    return bad | {"an array": np.ones(2), "no text": "", "zero": 0, "None": None}


def curve(good):
    """Something else than a function of one number, or a net, or a dict of such."""
    bad = {"a dict of others": {"a": Opaque()}, "a function of two": lambda x: np.hstack([x, x])}
    return without(thing, "a dict", "its class")(good) | bad


def mapping(good):
    """Something else than a dict with an entry or more."""
    bad = {"None": None, "an empty dict": {}, "a list": [1.0], "a word": "many", "a number": 3.0}
    return bad | {"a dict of others": {"a": Opaque()}, "an array": np.ones(3)}


def pair(good):
    """Something else than samples and their labels."""
    x, y = good
    bad = {"a number": 3, "a word": "xy", "an opaque object": Opaque(), "an array": x}
    bad |= {"one": (x,), "three": (x, y, y), "two times None": (None, None)}
    return bad | {"other lengths": (x, y[:-1]), "nan": (x * np.nan, y)}


def label(good):
    """Something else than the label of a sample, for three classes."""
    bad = {"a word": "cat", "two": [0, 1], "a label too high": 3, "a label of -1": -1}
    bad |= {"None": None, "a fraction": 0.5, "a complex number": 1j, "nan": np.nan}
    return bad | {"an opaque object": Opaque()}


def dtype(good):
    """Something else than a type of floats."""
    return {"whole numbers": np.int64, "complex": np.complex128, "object": object, "bool": bool}


# --- Other forms of the same numbers


def part(a):
    """Return a as every second row and column of a larger array."""
    for axis in range(a.ndim):
        a = np.repeat(a, 2, axis=axis)
    return a[(slice(None, None, 2),) * a.ndim]


def frozen(a):
    """Return a copy of a, read-only."""
    a = a.copy()
    a.setflags(write=False)
    return a


LAYOUTS = {
    "Fortran order": np.asfortranarray,
    "not contiguous": part,
    "backwards in memory": lambda a: a[::-1].copy()[::-1],
    "read-only": frozen,
    "the other byte order": lambda a: a.astype(a.dtype.newbyteorder("S")),
    "lists": np.ndarray.tolist,
}
WHOLE = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
TYPES = {kind: lambda a, kind=kind: a.astype(kind) for kind in WHOLE}
