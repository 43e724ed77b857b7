"""Exported nets give mlpkit's outputs in PyTorch and in ONNX Runtime, on random nets."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from references import make_references as references

from mlpkit import Linear, Net, Tanh
from mlpkit.interop import load, save, to_onnx, to_torch

NETS = 100
# Relative to the largest output of the batch, because a tiny one is a difference of large ones.
TOLERANCE = {np.float32: 1e-6, np.float64: 1e-12}


def drawn(seed, dtype):
    """Return a random net in the dtype, x (batch, n_in), and its outputs (batch, n_out)."""
    problem = references.draw(seed)
    net = references.mlpkit_net(problem).astype(dtype)
    x = np.array(problem["x"], dtype)
    return net, x, net.forward(x)


def assert_equal(got, wanted, dtype):
    """Require two arrays of outputs to agree, dtypes included."""
    assert got.dtype == wanted.dtype == dtype
    tolerance = TOLERANCE[dtype]
    np.testing.assert_allclose(got, wanted, tolerance, tolerance * np.abs(wanted).max())


def sequential(net):
    """Return the nn.Sequential of PyTorch with the layers of the net, and fresh weights."""
    layers = []
    for layer in net.layers:
        name = type(layer).__name__
        arguments = layer.W.shape if name == "Linear" else (1,) if name == "Softmax" else ()
        layers.append(getattr(torch.nn, name)(*arguments))
    return torch.nn.Sequential(*layers)


def run_torch(net, x):
    """Return what PyTorch computes with the exported weights."""
    model = sequential(net).to(torch.from_numpy(x).dtype)
    model.load_state_dict(to_torch(net), strict=True)
    with torch.no_grad():
        return model(torch.from_numpy(x)).numpy()


def run_onnx(path, x):
    """Return what ONNX Runtime computes with the exported model."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (out,) = session.run(["out"], {"x": x})
    return out


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("seed", range(NETS))
def test_torch_computes_what_mlpkit_computes(seed, dtype):
    net, x, out = drawn(seed, dtype)
    assert_equal(run_torch(net, x), out, dtype)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("seed", range(NETS))
def test_onnx_runtime_computes_what_mlpkit_computes(tmp_path, seed, dtype):
    net, x, out = drawn(seed, dtype)
    to_onnx(net, tmp_path / "net.onnx")
    assert_equal(run_onnx(tmp_path / "net.onnx", x), out, dtype)


def test_an_onnx_model_takes_batches_of_every_size(tmp_path):
    net, _, _ = drawn(0, np.float64)
    to_onnx(net, tmp_path / "net.onnx")
    n_in = next(layer.W.shape[0] for layer in net.layers if isinstance(layer, Linear))
    for batch in (1, 2, 100):
        x = np.random.default_rng(batch).normal(size=(batch, n_in))
        assert_equal(run_onnx(tmp_path / "net.onnx", x), net.forward(x), np.float64)


def test_an_onnx_model_asks_for_no_recent_runtime(tmp_path):
    to_onnx(Net(Linear(2, 3)), tmp_path / "net.onnx")
    model = onnx.load(tmp_path / "net.onnx")
    assert (model.ir_version, model.opset_import[0].version) == (7, 13)


def test_exported_weights_are_copies():
    net = Net(Linear(2, 3, rng=0))
    exported = to_torch(net)
    net.layers[0].W[:] = 0
    assert exported["0.weight"].abs().min() > 0
    assert exported["0.weight"].is_contiguous()


def test_weights_in_the_names_of_torch_keep_their_bits_through_a_file(tmp_path):
    net, _, _ = drawn(3, np.float64)
    save(net, tmp_path / "net.npz")
    before, after = to_torch(net), to_torch(load(tmp_path / "net.npz"))
    assert list(before) == list(after) != []
    assert all(torch.equal(before[name], after[name]) for name in before)


def mixed():
    """Return a net whose layers have different dtypes."""
    net = Net(Linear(2, 3), Tanh(), Linear(3, 1))
    net.layers[0].W = net.layers[0].W.astype(np.float32)
    return net


@pytest.mark.parametrize("net", [mixed(), Net(Tanh())])
def test_onnx_needs_one_dtype(tmp_path, net):
    with pytest.raises(ValueError, match="net: expected parameters of one dtype"):
        to_onnx(net, tmp_path / "net.onnx")


def test_a_net_whose_layers_do_not_fit_together_is_not_exported(tmp_path):
    with pytest.raises(ValueError, match="net: expected layers that fit together"):
        to_onnx(Net(Linear(2, 3), Linear(4, 1)), tmp_path / "net.onnx")
    assert list(tmp_path.iterdir()) == []
