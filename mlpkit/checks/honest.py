"""What keeps a verdict honest: the judges trust nothing that the notebook could have changed.

They compute what is expected with a copy of the framework of their own (`own`). While the
learner's code runs, mlpkit's version of the exercise is withheld: calling it is no answer. And
what was replaced in NumPy, mlpkit or Python itself since the start is noticed.
"""

import builtins
import importlib
import sys
import types
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from .source import functions

WITHHELD = "this is mlpkit's own"
RELIED_ON = (
    *("abs", "all", "any", "callable", "dict", "enumerate", "float", "getattr", "hasattr", "int"),
    *("isinstance", "iter", "len", "list", "map", "max", "min", "next", "range", "round", "set"),
    *("sorted", "str", "sum", "tuple", "type", "vars", "zip"),
)


def copy_of_framework():
    """Import the framework's files a second time, under a name that nobody else has."""
    name = f"{__package__}.own"
    sys.modules[name] = package = types.ModuleType(name)
    package.__path__ = [str(Path(__file__).parents[1])]
    files = "losses", "layers", "net", "optim", "train"
    found = [importlib.import_module(f"{name}.{file}") for file in files]
    for module in [m for m in sys.modules if m == name or m.startswith(name + ".")]:
        del sys.modules[module]
    return types.SimpleNamespace(**{k: v for module in found for k, v in vars(module).items()})


def copies(module):
    """Copy the functions of a module, so that what happens to the originals does not matter."""
    found = {k: f for k, f in vars(module).items() if isinstance(f, types.FunctionType)}
    names = dict(vars(module))
    return types.SimpleNamespace(
        **{k: types.FunctionType(f.__code__, names, k, f.__defaults__) for k, f in found.items()}
    )


own = copy_of_framework()


# --- Withholding


def stand_in(*_, **__):
    raise NotImplementedError("this is mlpkit's own")


@contextmanager
def withheld(*answers):
    """While it lasts, calling one of these functions or classes of mlpkit's raises."""
    held = {f for answer in answers for f in functions(answer).values() if mine(answer, f)}
    before = {f: f.__code__ for f in held if not f.__code__.co_freevars}
    for function in before:
        function.__code__ = stand_in.__code__
    try:
        yield
    finally:
        for function, code in before.items():
            function.__code__ = code


def mine(answer, function):
    """Whether a function is the answer or stands in its own class, not in one it inherits from."""
    return function is answer or function in vars(answer).values()


def is_withheld(error):
    """Whether an exception says that mlpkit's own version was called."""
    return isinstance(error, NotImplementedError) and error.args == (WITHHELD,)


# --- What was replaced


def inventory(owners):
    """What a judge relies on: {(owner, name): object} of modules, classes and Python itself."""
    found = {
        (owner, name): value
        for owner in owners
        for name, value in vars(owner).items()
        if callable(value) or isinstance(value, staticmethod | classmethod)
    }
    # Not all of Python's: Jupyter replaces input, for one.
    return found | {(builtins, name): getattr(builtins, name) for name in RELIED_ON}


def owners():
    """NumPy, and mlpkit's modules with their classes."""
    modules = [np, np.linalg]
    package = __package__.partition(".")[0]
    files = [m for n, m in sys.modules.items() if n == package or n.startswith(package + ".")]
    modules += [m for m in files if m and not m.__name__.startswith(f"{package}.widgets")]
    classes = {v for m in files if m for v in vars(m).values() if isinstance(v, type)}
    return modules + [c for c in classes if c.__module__.startswith(package)]


at_start = {}  # filled once, when all modules of the checks are there


def replaced():
    """The names of what is no longer what it was, such as ["numpy.allclose"]."""
    return [
        f"{getattr(owner, '__module__', None) or ''} {owner.__name__}.{name}".split(" ")[-1]
        for (owner, name), value in at_start.items()
        if vars(owner).get(name) is not value
    ]


# --- Looking over our shoulder

SPYING = {"_getframe", "currentframe", "f_back", "f_globals", "f_locals", "get_objects"}


def spies(answer):
    """The names of Python's inner workings that an answer uses to look into the check."""
    codes = [f.__code__ for f in functions(answer).values()]
    for code in codes:  # grows while we walk
        codes += [c for c in code.co_consts if isinstance(c, types.CodeType)]
    return sorted({name for code in codes for name in code.co_names} & SPYING)
