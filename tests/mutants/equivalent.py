"""Mutants that no test can tell from the framework: {(file, changed line): the reason}."""

EITHER_SIDE = (
    "sides are only compared with one another: it does not matter which one is called true"
)
EITHER_ORDER = "the least or the greatest of two does not depend on their order"

EQUIVALENT = {
    (
        "losses",
        'scores = numbers("scores", scores).reshape(len(scores), -2)',
    ): "NumPy takes any number below 0 for the length that is left",
    (
        "losses",
        "return scores.argmax(axis=1) if scores.shape[1] > 1 else (scores[:, -1] > 0).astype(int)",
    ): "a single column is the first and the last",
    (
        "losses",
        "return float((found == check_labels(y, len(found), max(np.size(scores[:1]), 2))).mean())",
    ): EITHER_ORDER,
    ("layers", 'return self.keep(np.maximum(0, numbers("x", x)))'): EITHER_ORDER,
    ("train", "size = min(len(x) - seen, batch_size)"): EITHER_ORDER,
    (
        "gradcheck",
        "whole = np.linalg.norm(a - n) / max(0.01, np.linalg.norm(a) + np.linalg.norm(n))",
    ): EITHER_ORDER,
    (
        "gradcheck",
        "right = worst < 1e-7 and skipped <= max(total / 100, 1)"
        "  # 1e-7: 5 equal digits, or 7 decimals",
    ): EITHER_ORDER,
    ("gradcheck", "sides.append(np.ravel(x) <= 0)"): EITHER_SIDE,
    (
        "gradcheck",
        "return n if smooth or np.isclose(np.asarray(dw)[at], n, atol=1e-7) else np.nan",
    ): "NumPy's own rtol is 1e-5",
    (
        "gradcheck",
        "return loss.forward(x, y), np.concatenate([*sides, np.ravel(loss.backward()) <= 0])",
    ): EITHER_SIDE,
}
