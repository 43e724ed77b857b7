"""What PyTorch makes of small random nets, written to torch.json for the tests without PyTorch.

`python tests/references/make_references.py` writes the file anew; that needs torch. A problem is a
dict of plain values: layers, loss, x, y and parameters. An answer is a dict name -> array: output,
loss, dx, the gradients dW1, db1, ..., and the parameters after some steps of each optimizer. Both
libraries start from the same weights, which PyTorch keeps transposed: (n_out, n_in).
"""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

import mlpkit

FILE = Path(__file__).with_name("torch.json")
COUNT = 30
STEPS = 20
SGD = {"lr": 0.01, "momentum": 0.9, "weight_decay": 0.02}
ADAM = {"lr": 0.01}

ACTIVATIONS = ["ReLU", "Sigmoid", "Softmax", "Tanh"]
LOSSES = ["AbsoluteLoss", "SquaredLoss", "LogisticLoss", "CrossEntropyLoss"]


def draw(seed):
    """Return a random problem; depth, loss and last activation take turns, so that all occur."""
    rng = np.random.default_rng(seed)
    loss = LOSSES[seed % 4]
    depth = 1 + seed // 4 % 3
    batch = int(rng.integers(1, 7))
    sizes = [int(n) for n in rng.integers(2, 6, depth + 1)]
    last = [None, *ACTIVATIONS][seed // 12 % 5]
    if loss == "LogisticLoss":
        sizes[-1] = 1
        last = None if last == "Softmax" else last  # of a single number it is 1, whatever it was
    parameters, layers = {}, []
    for number, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{number}"] = rng.normal(0, 1, (n_in, n_out)).tolist()
        parameters[f"b{number}"] = rng.normal(0, 1, n_out).tolist()
        activation = str(rng.choice(ACTIVATIONS)) if number < depth else last
        layers += ["Linear", activation] if activation else ["Linear"]
    x = rng.normal(0, rng.choice([0.1, 0.5, 1]), (batch, sizes[0]))
    if loss in ("LogisticLoss", "CrossEntropyLoss"):
        y = rng.integers(0, max(2, sizes[-1]), batch)
    else:
        y = rng.normal(0, 1, (batch, sizes[-1]))
    return {
        "layers": layers,
        "loss": loss,
        "x": x.tolist(),
        "y": y.tolist(),
        "parameters": parameters,
    }


# --- mlpkit


def mlpkit_net(problem):
    """Build the problem's net with its weights in mlpkit."""
    layers, number = [], 0
    for name in problem["layers"]:
        if name == "Linear":
            number += 1
            W = np.array(problem["parameters"][f"W{number}"])
            layer = mlpkit.Linear(*W.shape, rng=0)
            layer.W, layer.b = W, np.array(problem["parameters"][f"b{number}"])
        else:
            layer = getattr(mlpkit, name)()
        layers.append(layer)
    return mlpkit.Net(*layers)


def by_mlpkit(problem):
    """Return mlpkit's answer."""
    x, y = np.array(problem["x"]), np.array(problem["y"])
    net, loss = mlpkit_net(problem), getattr(mlpkit, problem["loss"])()
    answer = {"output": net.forward(x)}
    answer["loss"] = np.array(loss.forward(answer["output"], y))
    answer["dx"] = net.backward(loss.backward())
    answer.update({f"d{name}": gradient for name, _, gradient in net.parameters()})
    for kind, options in ((mlpkit.SGD, SGD), (mlpkit.Adam, ADAM)):
        net = mlpkit_net(problem)
        optimizer = kind(net, **options)
        for _ in range(STEPS):
            loss.forward(net.forward(x), y)
            net.gradients(loss.backward())
            optimizer.step()
        for name, value, _ in net.parameters():
            answer[f"{name} after {kind.__name__}"] = value
    return answer


# --- PyTorch, imported only where it is used: the tests without it read this file too


def torch_net(problem):
    """Build the problem's net with its weights in PyTorch; return it and {name: parameter}."""
    import torch

    layers, named = [], {}
    for name in problem["layers"]:
        if name == "Linear":
            number = len(named) // 2 + 1
            W = torch.tensor(problem["parameters"][f"W{number}"], dtype=torch.float64)
            b = torch.tensor(problem["parameters"][f"b{number}"], dtype=torch.float64)
            layer = torch.nn.Linear(*W.shape, dtype=torch.float64)
            with torch.no_grad():
                layer.weight.copy_(W.T)
                layer.bias.copy_(b)
            named |= {f"W{number}": layer.weight, f"b{number}": layer.bias}
        elif name == "Softmax":
            layer = torch.nn.Softmax(dim=1)
        else:
            layer = getattr(torch.nn, name)()
        layers.append(layer)
    return torch.nn.Sequential(*layers), named


def torch_loss(name, output, y):
    """Return the loss of PyTorch that the loss `name` of mlpkit has to equal."""
    from torch.nn import functional

    if name == "AbsoluteLoss":
        return functional.l1_loss(output, y, reduction="sum") / len(y)
    if name == "SquaredLoss":
        return functional.mse_loss(output, y, reduction="sum") / len(y)
    if name == "LogisticLoss":
        return functional.binary_cross_entropy_with_logits(output[:, 0], y.to(output.dtype))
    return functional.cross_entropy(output, y)


def torch_optimizers(named):
    """Yield (name, optimizer); as in mlpkit, the weights decay and the biases do not."""
    import torch

    weights = [value for name, value in named.items() if name.startswith("W")]
    biases = [value for name, value in named.items() if name.startswith("b")]
    groups = [{"params": weights}, {"params": biases, "weight_decay": 0}]
    return {
        "SGD": torch.optim.SGD(groups, **SGD),
        "Adam": torch.optim.Adam([*named.values()], **ADAM),
    }


def by_torch(problem):
    """Return PyTorch's answer, weights transposed to mlpkit's (n_in, n_out)."""
    import torch

    def array(tensor):
        return tensor.detach().numpy().T.copy() if tensor.ndim == 2 else tensor.detach().numpy()

    x = torch.tensor(problem["x"], dtype=torch.float64, requires_grad=True)
    y = torch.tensor(problem["y"])
    if y.is_floating_point():
        y = torch.tensor(problem["y"], dtype=torch.float64)
    net, named = torch_net(problem)
    output = net(x)
    loss = torch_loss(problem["loss"], output, y)
    loss.backward()
    answer = {
        "output": output.detach().numpy(),
        "loss": loss.detach().numpy(),
        "dx": x.grad.numpy(),
    }
    answer.update({f"d{name}": array(value.grad) for name, value in named.items()})
    for kind in ("SGD", "Adam"):
        net, named = torch_net(problem)
        optimizer = torch_optimizers(named)[kind]
        for _ in range(STEPS):
            optimizer.zero_grad()
            torch_loss(problem["loss"], net(x.detach()), y).backward()
            optimizer.step()
        answer.update({f"{name} after {kind}": array(value) for name, value in named.items()})
    return answer


# --- Comparing and writing


def differences(answer, expected):
    """List the names whose shapes or values differ, and by how much at most."""
    found = [f"{name}: only one of both has it" for name in sorted(answer.keys() ^ expected.keys())]
    for name in sorted(answer.keys() & expected.keys()):
        a, b = np.asarray(answer[name]), np.asarray(expected[name])
        if a.shape != b.shape:
            found.append(f"{name}: shapes {a.shape} and {b.shape}")
        elif not np.allclose(a, b, rtol=1e-10, atol=1e-12):
            found.append(f"{name}: {np.abs(a - b).max():.3g} apart")
    return found


def read():
    """Return the committed list of {"problem": ..., "answer": ...}."""
    return json.loads(FILE.read_text(encoding="utf-8"))["nets"]


def main():
    import torch

    problems = [draw(seed) for seed in range(COUNT)]
    nets = [
        {"problem": p, "answer": {k: v.tolist() for k, v in by_torch(p).items()}} for p in problems
    ]
    lines = ",\n".join(json.dumps(net) for net in nets)  # a net a line
    version = json.dumps(torch.__version__)
    text = f'{{"torch": {version}, "nets": [\n{lines}\n]}}\n'
    FILE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{FILE.name}: {len(nets)} nets, {len(text):,} characters")


if __name__ == "__main__":
    main()
