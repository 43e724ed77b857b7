"""Is there an answer at all? A blank has a signature and a docstring and does nothing."""

import dis
import inspect

from .verdict import NotYet, Wrong

# What a body of only a docstring, `pass`, `...` or `raise NotImplementedError` compiles to.
IDLE = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "POP_TOP", "NOT_TAKEN"}
RAISING = {"LOAD_GLOBAL", "LOAD_COMMON_CONSTANT", "RAISE_VARARGS", "CALL", "PRECALL", "PUSH_NULL"}


def is_blank(function):
    """Whether the function's body does nothing, or only raises NotImplementedError."""
    code = inspect.unwrap(function).__code__
    steps = list(dis.get_instructions(code))
    names = {step.opname for step in steps}
    if code.co_names == ("NotImplementedError",) or "LOAD_COMMON_CONSTANT" in names:
        return names <= IDLE | RAISING
    constants = [s.argval for s in steps if s.opname in ("LOAD_CONST", "RETURN_CONST")]
    return names <= IDLE and all(c is None or c is Ellipsis for c in constants)


def is_ours(thing):
    """Whether a function or class is mlpkit's own, or a class made from one of them."""
    family = inspect.getmro(thing) if inspect.isclass(thing) else [thing]
    return any((getattr(t, "__module__", None) or "").split(".")[0] == "mlpkit" for t in family)


def require_function(thing, name):
    """Raise unless `thing` is a function of the learner's with a body."""
    if not inspect.isfunction(thing):
        raise Wrong(f"{name} should be a function, and is of type {type(thing).__name__}.")
    if is_ours(thing):
        raise NotYet(f"This is mlpkit's own {name}. Run the cell above again, with your code.")
    if is_blank(thing):
        raise NotYet(f"Your turn. Until then mlpkit's own {name} stands in.")


def require_class(thing, name, methods):
    """Raise unless `thing` is a class of the learner's with all of the methods written."""
    if not inspect.isclass(thing):
        raise Wrong(f"{name} should be a class, and is of type {type(thing).__name__}.")
    if is_ours(thing):
        raise NotYet(f"This is mlpkit's own {name}. Run the cell above again, with your code.")
    found = {method: inspect.getattr_static(thing, method, None) for method in methods}
    blank = [m for m, f in found.items() if inspect.isfunction(f) and is_blank(f)]
    missing = [m for m, f in found.items() if not callable(f) or f is object.__init__]
    if len(blank) + len(missing) == len(methods):
        raise NotYet(f"Your turn. Until then mlpkit's own {name} stands in.")
    if blank:
        raise NotYet(f"Well begun. Still blank: {', '.join(blank)}.")
    if missing:
        raise Wrong(f"{name} lacks the method {missing[0]}.")
