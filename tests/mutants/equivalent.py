"""Mutants that no test can tell from the framework: {(file, changed line): the reason}."""

EITHER_SIDE = (
    "sides are only compared with one another: it does not matter which one is called true"
)

EQUIVALENT = {
    ("gradcheck", "sides.append(np.ravel(x) <= 0)"): EITHER_SIDE,
    (
        "gradcheck",
        "return loss.forward(x, y), np.concatenate([*sides, np.ravel(loss.backward()) <= 0])",
    ): EITHER_SIDE,
}
