"""Wrong lines for the framework, by class: (old, new), and the test files that have to notice."""

from fault import in_code

LAYERS = ("test_layers.py", "test_gradcheck.py", "test_references.py")
LOSSES = ("test_losses.py", "test_gradcheck.py", "test_references.py")
NET = ("test_net.py",)
OPTIM = ("test_optim.py",)
TRAIN = ("test_train.py",)
GRADCHECK = ("test_gradcheck.py",)

FAULTS = [
    *in_code(
        *("gradient", "layers.py", LAYERS),
        ("self.dW = self.x.T @ dout", "self.dW = 1.0001 * (self.x.T @ dout)"),
        ("self.db = np.asarray(dout).sum(axis=0)", "self.db = np.mean(dout, axis=0)"),
        ("self.db = np.asarray(dout).sum(axis=0)", "self.db = dout[0]"),
        ("return dout @ self.W.T", "return -dout @ self.W.T"),
        ("dout * (1 - self.recall(dout) ** 2)", "dout * (1 - self.recall(dout))"),
        ("dout * (1 - self.recall(dout) ** 2)", "1.0001 * dout * (1 - self.recall(dout) ** 2)"),
        ("dout * (self.recall(dout) > 0)", "dout * (self.recall(dout) >= 0)"),
        ("dout * self.recall(dout) * (1 - self.out)", "dout * self.recall(dout)"),
        ("p * (dout - (p * dout).sum(axis=1, keepdims=True))", "p * (1 - p) * dout"),
    ),
    *in_code(
        *("loss", "losses.py", LOSSES),
        ("return r * r, 2 * r", "return r * r / 2, r"),
        ("return r * r, 2 * r", "return r * r, -2 * r"),
        ("self.dscores = slopes / len(y)", "self.dscores = slopes"),
        ("(np.exp(log_p) - one_hot) / len(y)", "np.exp(log_p) - one_hot"),
        ("(np.exp(log_p) - one_hot) / len(y)", "1.0001 * (np.exp(log_p) - one_hot) / len(y)"),
        ("shifted = scores - 1.0 * scores.max(axis=1, keepdims=True)", "shifted = scores"),
        ("return -float((one_hot * log_p).sum() / len(y))", "return -float(log_p.mean())"),
        ("np.outer(scores, [False, True])", "np.outer(scores, [True, False])"),
        ("return 1 - accuracy(scores, y)", "return accuracy(scores, y)"),
    ),
    *in_code(
        *("optimizer", "optim.py", OPTIM),
        ("            value -= self.lr * gradient\n", "            value += self.lr * gradient\n"),
        ("self.momentum * self.velocity.get(name, 0)", "self.velocity.get(name, 0)"),
        ("self.velocity[name] = gradient", "self.velocity[name] = self.lr * gradient"),
        ("if self.weight_decay and value.ndim == 2:", "if self.weight_decay:"),
        ("self.weight_decay * value", "self.weight_decay * np.sign(value)"),
        ("0.9 * m + 0.1 * gradient, 0.999", "0.9 * m + 0.9 * gradient, 0.999"),
        ("v / (1 - 0.999**self.time)", "v"),
        ("(np.sqrt(square) + 1e-8)", "(square + 1e-8)"),
        ("        self.time += 1\n", "        self.time = 1\n"),
    ),
    *in_code(
        *("batches", "train.py", TRAIN),
        ("order = rng.permutation(len(x))", "order = np.arange(len(x))"),
        ("rng.permutation(len(x))", "rng.integers(len(x), size=len(x))"),
        ("net.forward(x[batch]), y[batch]", "net.forward(x[batch]), y[np.sort(batch)]"),
        ("range(0, len(x), batch_size)", "range(0, len(x) - batch_size + 1, batch_size)"),
        ("order[start : start + batch_size]", "order[start : start + batch_size - 1]"),
        ("order[start : start + batch_size]", "order[:batch_size]"),
        (
            "    rng = np.random.default_rng(rng)\n    for epoch in",
            "    rng = np.random.default_rng(0)\n    for epoch in",
        ),
        (
            "        order = rng.permutation(len(x))\n",
            "        order = rng.permutation(len(x)) if epoch == 1 else order\n",
        ),
    ),
    *in_code(
        *("in place", "layers.py", LAYERS),
        (
            "return dout * (1 - self.recall(dout) ** 2)",
            "dout *= 1 - self.recall(dout) ** 2\n        return dout",
        ),
        (
            "return dout * (self.recall(dout) > 0)",
            "dout[self.recall(dout) <= 0] = 0\n        return dout",
        ),
        (
            'return self.keep(np.maximum(numbers("x", x), 0))',
            'return self.keep(np.maximum(x, 0, out=numbers("x", x)))',
        ),
        ("self.dW = self.x.T @ dout", "self.dW += self.x.T @ dout"),
        ("self.db = np.asarray(dout).sum(axis=0)", "self.db += np.asarray(dout).sum(axis=0)"),
    ),
    *in_code(
        *("in place", "losses.py", LOSSES),
        (
            "values, slopes = self.of_residual(1.0 * scores - y)",
            "scores -= y\n        values, slopes = self.of_residual(scores)",
        ),
        (
            "shifted = scores - 1.0 * scores.max(axis=1, keepdims=True)",
            "scores -= scores.max(axis=1, keepdims=True)\n        shifted = scores",
        ),
    ),
    *in_code(
        *("in place", "optim.py", OPTIM),
        ("value -= self.lr * gradient", "gradient *= self.lr\n            value -= gradient"),
        ("value -= self.lr * gradient", "value = value - self.lr * gradient"),
    ),
    *in_code(
        *("dtype", "layers.py", LAYERS),
        ('np.tanh(1.0 * numbers("x", x))', 'np.tanh(numbers("x", x).astype(float))'),
        ("self.dW = self.x.T @ dout", "self.dW = (self.x.T @ dout).astype(float)"),
        (
            "exp / exp.sum(axis=1, keepdims=True)",
            "exp / exp.sum(axis=1, keepdims=True, dtype=float)",
        ),
    ),
    *in_code(
        *("dtype", "losses.py", LOSSES),
        ("np.eye(log_p.shape[1], dtype=log_p.dtype)", "np.eye(log_p.shape[1])"),
        ("return float(values.sum() / len(y))", "return values.sum() / len(y)"),
        ("np.outer(scores, [False, True])", "np.outer(scores, [0.0, 1.0])"),
    ),
    *in_code(
        *("dtype", "train.py", TRAIN),
        ("        net.astype(x.dtype)\n", "        net.astype(np.float64)\n"),
        ('x if x.dtype.kind == "f" else x.astype(float)', "x.astype(float)"),
        ('x if x.dtype.kind == "f" else x.astype(float)', "x.astype(np.float32)"),
    ),
    *in_code(
        *("gradient check", "gradcheck.py", GRADCHECK),
        ("(above - below) / (2 * h)", "(above - below) / h"),
        ("value[at] = w - h", "value[at] = w"),
        ("    finally:\n        value[at] = w\n", "    finally:\n        pass\n"),
        ("right = worst < 1e-7", "right = worst < 1e-3"),
        ("return n if smooth or ", "return n if True or "),
        ("and skipped <= max(1, total / 100)", ""),
        ("max(np.linalg.norm(a) + np.linalg.norm(n), 0.01)", "max(len(a), 1e9)"),
        ('"suspicious" if worst < 1e-5', '"suspicious" if worst < 1'),
        ("np.max([0.0, *errors.values()])", "np.min([*errors.values()])"),
    ),
    *in_code(
        *("net", "net.py", NET),
        (
            "            dout = layer.backward(dout)\n        return dout",
            "            layer.backward(dout)\n        return dout",
        ),
        ("else labels(self.forward(x))", "else labels(-self.forward(x))"),
        ("reversed(self.layers[1:])", "reversed(self.layers[2:])"),
        ("start=1):", "start=0):"),
        ('yield from ((f"{name}{number}", value,', 'yield from ((f"{name}{number}", value.copy(),'),
        ("self.forward(x) if values else", "labels(self.forward(x)) if values else"),
        ("        return self\n", "        return None\n"),
        ('(f"{name}{number}", value,', "(name, value,"),
    ),
    *in_code(
        *("net", "losses.py", ("test_losses.py", "test_net.py")),
        ("scores.argmax(axis=1)", "scores.argmin(axis=1)"),
        ("(scores[:, 0] > 0)", "(scores[:, 0] > 0.5)"),
    ),
    *in_code(
        *("start", "layers.py", LAYERS),
        ("np.sqrt(2 / n_in)", "np.sqrt(1 / n_in)"),
        ("np.sqrt(2 / n_in)", "np.sqrt(2 / n_out)"),
        ("self.b, self.db, self.dW = np.zeros(n_out)", "self.b, self.db, self.dW = np.ones(n_out)"),
        (
            "np.random.default_rng(rng).normal(0, scale, (n_in, n_out))",
            "np.random.normal(0, scale, (n_in, n_out))",
        ),
        ("np.random.default_rng(rng)", "np.random.default_rng(0)"),
        ("np.sqrt(2 / n_in) if scale is None else scale", "np.sqrt(2 / n_in)"),
        ("normal(0, scale, (n_in, n_out))", "uniform(0, scale, (n_in, n_out))"),
    ),
    *in_code(
        *("history", "train.py", TRAIN),
        ("total + value * size, seen + size", "total + value, seen + size"),
        ("total / seen, evaluate", "value, evaluate"),
        ("            total, seen = 0.0, 0\n    return", "            seen = 0\n    return"),
        ("evaluate(net, loss, x, y)[1], *measured", "measured[1], *measured"),
        ("evaluate(net, loss, *held_out) if held_out", "evaluate(net, loss, x, y) if held_out"),
        ("                break\n", "                pass\n"),
        ("on_epoch(history[-1])", "on_epoch(history[0])"),
        ("for i in range(0, len(x), 1000)]", "for i in reversed(range(0, len(x), 1000))]"),
        ("range(1, epochs + 1)", "range(epochs)"),
        (
            "                optimizer.step()\n            yield epoch, value",
            "            yield epoch, value\n            optimizer.step()",
        ),
    ),
    *in_code(
        *("bad input", "losses.py", LOSSES),
        ("check(0 <= least and most < classes,", "check(most < classes,"),
        ("check(0 <= least and most < classes,", "check(0 <= least and most <= classes,"),
        ('check(scores.shape == y.shape, "y"', 'check(len(scores) == len(y), "y"'),
        ('numbers("y", y, "an array of whole numbers", "iu")', 'numbers("y", y)'),
        ('check(y.shape == (batch,), "y"', 'check(y.size == batch, "y"'),
    ),
    *in_code(
        *("bad input", "train.py", TRAIN),
        ('kinds="fiub", finite=True)', 'kinds="fiub")'),
        ("finite=True)", 'finite=name == "x")'),
        (
            "loss.forward(np.repeat(net.forward(x[:1]), len(x), axis=0), y)",
            "loss.forward(net.forward(x[:1]), y[:1])",
        ),
    ),
    *in_code(
        *("bad input", "layers.py", LAYERS),
        (
            'check(numbers("dout", dout).shape == self.out.shape',
            'check(numbers("dout", dout).size > 0',
        ),
        ("lambda v: 0 <= v < np.inf", "lambda v: v < np.inf"),
    ),
    *in_code(
        *("bad input", "optim.py", OPTIM),
        ("lambda v: 0 <= v < 1)", "lambda v: 0 <= v <= 1)"),
    ),
]
