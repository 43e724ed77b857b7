"""Faults for the notebooks, by class, and for the explorers' callbacks."""

from fault import CellFault, in_code


def cells(kind, *faults):
    """A CellFault of this class for each tuple of its other fields."""
    return [CellFault(kind, *fields) for fields in faults]


def explorer(file, test, *changes):
    """A dead callback for each (old, new) in a file of the explorers."""
    return in_code("dead callback", f"widgets/{file}", (test,), *changes)


# The cells above that a cell needs, where not all do; `resume` brings all parts of the framework.
OWN = ("own-setup-01", "own-pause-02")
LINEAR = ("own-setup-01", "own-linear-01", "own-linear-02")
TEACH = (*OWN, "own-explorer-02")
LAB = ("lab-setup-01", "lab-setup-02")
IMAGES = (*LAB, "lab-look-02")

WRONG_NUMBER = cells(
    "wrong number",
    ("gd-errors-02", "saved", "28.0", "29.0"),
    ("gd-same-02", "saved", "mean 48.8", "mean 48.9"),
    ("gd-rate-03", "code", "range(10)", "range(9)"),
    ("gd-start-02", "code", "0.0, -3.0, -10.0", "0.0, -3.0, -9.0"),
    ("gd-minima-02", "code", "-4, 0.8]", "-4, 0.9]"),
    ("bp-chain-02", "code", "x**5 + 9", "x**5 + 8"),
    ("bp-neuron-04", "saved", "by formula: [0.5  0.25]", "by formula: [0.5  0.35]"),
    ("bp-paths-02", "saved", "L 0.06242", "L 0.06243"),
    ("bp-check-01", "code", "(0.1, 0.01)", "(0.2, 0.01)"),
    ("own-recap-04", "saved", "86%", "87%"),
    ("own-nudge-02", "code", "np.array([3.0, 3.0])", "np.array([3.0, 4.0])"),
    ("own-linear-04", "saved", "[[16.]]", "[[15.]]", LINEAR),
    ("own-first-run-05", "code", "share=0.3", "share=0.25", OWN),
    ("own-promises-06", "saved", "57%", "58%", TEACH),
    ("lab-raw-05", "code", "1000.0, 0.0", "1000.0, 1.0", LAB),
)

WRONG_SIGN = cells(
    "wrong sign",
    ("gd-gradient-02", "code", "dy = (bowl(3, -1 + h) - ", "dy = -(bowl(3, -1 + h) - "),
    ("gd-same-02", "saved", "by formula -0.4167", "by formula 0.4167"),
    ("gd-start-02", "code", "w -= (loss", "w += (loss"),
    (
        "gd-rate-03",
        "code",
        "update(0, 0, -20, -10, 0.1), (2, 1)",
        "update(0, 0, 20, 10, 0.1), (2, 1)",
    ),
    ("gd-neuron-02", "code", "neuron_loss(t - lr * dt)", "neuron_loss(t + lr * dt)"),
    ("bp-paths-03", "saved", "by nudging -0.008475", "by nudging 0.008475"),
    ("bp-paths-03", "code", "0.4 - 0.5 * dw11", "0.4 + 0.5 * dw11"),
    ("bp-matrices-03", "code", "(p - goal, lambda", "(goal - p, lambda"),
    ("bp-delta-02", "saved", "0.75 -0.25", "0.75  0.25"),
    ("own-nudge-02", "code", "(up - down)", "(down - up)"),
    ("own-linear-04", "code", "np.array([[1.0]])", "np.array([[-1.0]])", LINEAR),
    ("own-wrong-06", "code", "b[:5] = -10", "b[:5] = 10", TEACH),
    ("lab-raw-05", "code", "scores - np.logaddexp", "scores + np.logaddexp", LAB),
)

WRONG_PICTURE = cells(
    "wrong picture",
    ("gd-descent-02", "saved", "gradient (5, 3)", "gradient (5, 2)"),
    ("gd-train-02", "code", "log_y=True", "log_y=False"),
    ("gd-train-02", "code", "lr=0.05", "lr=0.04"),
    ("gd-jitter-01", "code", "1 / 20", "1 / 10"),
    ("gd-sign-bug-03", "code", "two, labels, 1.0)", "two, labels, 0.5)"),
    ("bp-matrices-05", "code", "batch[0], labels[0], digits", "batch[1], labels[1], digits"),
    ("own-recap-02", "code", "data.linear()", "data.moons()"),
    ("own-regression-02", "code", "(r, np.abs(r))", "(r, np.abs(r) / 2)"),
    ("own-classes-04", "code", "np.logaddexp(0, -m)", "np.logaddexp(0, m)"),
    ("own-softmax-text-02", "code", "[1.0, 2.0, 3.0]", "[1.0, 2.0, 2.0]"),
    ("own-bends-02", "code", "(z, np.tanh(z))", "(z, np.tanh(z) ** 2)", OWN),
    ("own-two-04", "saved", "∂ℒ/∂x = [-0.3, -0.576]", "∂ℒ/∂x = [-0.3, 0.576]", OWN),
    ("own-promises-04", "code", "(1, 20, 1)", "(1, 2, 1)", TEACH),
    ("lab-look-02", "code", "labels=digits[:20]", "labels=digits_test[:20]", LAB),
    ("lab-look-04", "code", "np.bincount(digits)", "np.bincount(digits_test)", IMAGES),
)

DEAD_CALLBACK = [
    *cells(
        "dead callback",
        ("gd-losses-02", "code", "(squared_error)", "()"),
        ("gd-descent-02", "code", "gradient=surface_gradient", ""),
        ("gd-rate-02", "code", ", update=update", ""),
        ("bp-paths-05", "code", "(path_sum)", "()"),
        ("bp-delta-04", "code", "(accumulate)", "()"),
        ("bp-check-03", "code", "(numerical_gradient)", "()"),
        ("own-cross-entropy-05", "code", "(softmax, CrossEntropyLoss)", "(softmax)"),
        ("own-graph-02", "code", "CrossEntropyLoss()", "mlpkit.CrossEntropyLoss()"),
        ("own-explorer-04", "code", ", optimizer=SGD", ""),
        ("own-wrong-04", "code", "(Linear, Tanh, ReLU, Sigmoid)", "(Linear, Tanh)"),
        ("lab-live-02", "code", ", CrossEntropyLoss, SGD", ""),
    ),
    *explorer(
        *("panel.py", "test_descent.py"),
        ('self.moved, names="values"', 'self.moved, names="title"'),
        ("in [b.id for b in self.buttons]", "in []"),
    ),
    *explorer(
        *("player.py", "test_descent.py"),
        ("            self.begin()\n", "            pass\n"),
        ("            self.task.cancel()\n", ""),
    ),
    *explorer(
        *("scores.py", "test_scores.py"),
        ("compute(z, label, self.softmax, self.loss)", "compute(z, label)"),
        ("compute(z, label, self", "compute(z, 2, self"),
        ("compute(z, label, self", "compute(START, label, self"),
    ),
    *explorer(
        *("batches.py", "test_batches.py"),
        ("walk(lr, batch_size, **self.parts)", "walk(0.03, batch_size, **self.parts)"),
        ("walk(lr, batch_size, **self.parts)", "walk(lr, batch_size)"),
    ),
    *explorer(
        *("descent.py", "test_descent.py"),
        ("update or plain_update, None", "plain_update, None"),
        ("self.slope, self.rule, lr, momentum", "self.slope, self.rule, 0.1, momentum"),
        ("self.rule, lr, momentum, push", "self.rule, lr, 0.0, push"),
        ("push = noise * self", "push = 0 * self"),
    ),
    *explorer(
        *("losses.py", "test_losses_explorer.py"),
        ("compare(place, height, point, **self.parts)", "compare(place, 0.0, point, **self.parts)"),
        (
            "compare(place, height, point, **self.parts)",
            "compare(5.0, height, point, **self.parts)",
        ),
        ("costs_of_margin(margin), strict", "costs_of_margin(1.0), strict"),
    ),
    *explorer(
        *("paths.py", "test_paths.py"),
        ("self.path_sum = path_sum", "self.path_sum = reference_path_sum"),
        ("net, y = with_w11(self.net, w11)", "net, y = with_w11(self.net, 0.4)"),
        ("np.array([y1, self.y[1]])", "np.array([0.9, self.y[1]])"),
        ("self.show_paths(now, LIT[path], step)", "self.show_paths(now, LIT[BOTH], step)"),
    ),
    *explorer(
        *("deltas.py", "test_deltas.py"),
        (
            "D = gradient(self.sums[-1], self.theta, lam, M)",
            "D = gradient(self.sums[-1], self.theta, 1.0, M)",
        ),
        (
            "numeric = differences(self.theta, X, Y, lam)",
            "numeric = differences(self.theta, X, Y, 1.0)",
        ),
    ),
    *explorer(
        *("mnist_training.py", "test_mnist_training.py"),
        ("self.trainer.optimizer.lr = lr", "pass"),
        ("how = (self.validation, batch_size,", "how = (self.validation, 32,"),
    ),
    *explorer(
        *("gradient_check.py", "test_gradient_check.py"),
        (
            "measure(FUNCTIONS[name], kind, self.numerical_gradient)",
            "measure(FUNCTIONS[name], kind)",
        ),
    ),
    *explorer(
        *("graph.py", "test_graph.py"),
        ('move = 1 if button == "next" else -1', "move = 0"),
        ("{self.inputs[id]: value for", "{self.inputs[id]: 1 for"),
    ),
    *explorer(
        *("activations.py", "test_activations.py"),
        ("scale, depth, shift, **self.parts)", "scale, depth, 0.0, **self.parts)"),
        ("layers = run(bend, start", 'layers = run("tanh", start'),
        ("layers = run(bend, start, scale", "layers = run(bend, start, 0.05"),
    ),
    *explorer(
        *("training.py", "test_training.py"),
        ('parts["optimizer"](self.net, lr)', 'parts["optimizer"](self.net, 0.3)'),
    ),
    *explorer(
        *("draw_digit.py", "test_draw_digit.py"),
        ("image = as_mnist(digit)", "image = as_mnist(SEVEN)"),
    ),
]

UNRUN_CELL = cells(
    "unrun cell",
    ("gd-same-02", "unrun"),
    ("gd-rate-03", "stripped"),
    ("bp-chain-02", "unrun"),
    ("bp-delta-02", "stripped"),
    ("bp-neuron-04", "unnumbered"),
    ("own-recap-04", "unrun"),
    ("own-nudge-02", "stripped"),
    ("own-softmax-text-02", "unnumbered"),
    ("own-wrong-08", "unrun"),
    ("lab-look-04", "stripped", "", "", IMAGES),
    ("lab-mistakes-03", "unrun"),
)

MISSING_CELL = cells(
    "missing cell",
    ("gd-setup-01", "missing", "", "", None, 1),
    ("gd-surface-gradient-01", "missing", "", "", None, 1),
    ("gd-update-02", "missing", "", "", None, 1),
    ("bp-chain-rule-02", "missing", "", "", None, 1),
    ("bp-paths-02", "missing", "", "", None, 3),
    ("bp-matrices-03", "missing", "", "", None, 3),
    ("own-relu-01", "missing", "", "", None, 1),
    ("own-softmax-02", "missing", "", "", None, 1),
    ("own-pause-02", "missing", "", "", None, 1),
    ("own-explorer-02", "missing", "", "", OWN, 3),
    ("lab-scale-pixels-02", "missing"),
    ("lab-look-02", "missing", "", "", LAB, 1),
)

MISSING_EXCEPTION = cells(
    "missing exception",
    ("gd-gradient-02", "raises", "", "AssertionError"),
    ("gd-rate-03", "code", "1.0, 1.1)", "1.0, 0.99)"),
    ("bp-chain-02", "raises", "", "OverflowError"),
    ("bp-check-06", "code", "dout * self.out * (1 - self.out)", "super().backward(dout)"),
    ("bp-check-06", "code", "1.0001 * super()", "1.0 * super()"),
    ("own-nudge-02", "raises", "", "ValueError"),
    ("own-judge-02", "code", "1.0001 * super()", "1.0 * super()"),
    ("own-wrong-02", "code", "start, start\n", "start + layer.W, start\n", TEACH),
    ("own-wrong-10", "code", "[[1000.0, 999.0]]", "[[10.0, 9.0]]", OWN),
    ("own-linear-04", "raises", "", "ValueError"),
    ("lab-raw-05", "code", "1000.0, 0.0", "10.0, 0.0", LAB),
    ("lab-look-04", "raises", "", "ValueError", IMAGES),
)

SILENT = "import warnings\nwarnings.filterwarnings('ignore')"
HIDDEN_WARNING = cells(
    "hidden warning",
    ("gd-errors-02", "above", "", "import warnings\nwarnings.warn('deprecated')"),
    ("gd-gradient-02", "above", "", SILENT),
    ("gd-rate-03", "above", "", "np.seterr(all='ignore')"),
    ("bp-chain-02", "above", "", "np.float64(1e308) * 10"),
    ("bp-neuron-04", "above", "", "np.seterr(divide='ignore', invalid='ignore')"),
    ("bp-delta-02", "warned", "", "import warnings\nwarnings.warn('deprecated')"),
    ("own-recap-04", "above", "", SILENT),
    ("own-nudge-02", "above", "", "np.log(np.zeros(1))"),
    ("own-classes-02", "above", "", "import logging\nlogging.captureWarnings(True)"),
    ("own-wrong-10", "code", 'with np.errstate(all="ignore"):', "if True:", OWN),
    ("lab-raw-05", "code", 'with np.errstate(all="ignore"):', "if True:", LAB),
    ("lab-look-04", "above", "", SILENT, IMAGES),
)

FAULTS = [
    *WRONG_NUMBER,
    *WRONG_SIGN,
    *WRONG_PICTURE,
    *DEAD_CALLBACK,
    *UNRUN_CELL,
    *MISSING_CELL,
    *MISSING_EXCEPTION,
    *HIDDEN_WARNING,
]
