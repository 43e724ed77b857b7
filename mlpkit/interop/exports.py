"""A net for others to run: PyTorch's state_dict, and ONNX. Both packages are loaded when asked."""

from collections import OrderedDict
from importlib import import_module
from itertools import pairwise

from ..files.replacing import write
from ..losses import check
from .parts import parts

# Old enough for every runtime in use, and the first in which Softmax goes along the last axis.
OPSET, IR_VERSION = 13, 7
OPERATORS = {"Linear": "Gemm", "Tanh": "Tanh", "ReLU": "Relu", "Sigmoid": "Sigmoid"}


def needed(package):
    """Return the package, or say how to get it."""
    try:
        return import_module(package)
    except ImportError as error:
        text = f"this export needs the package {package}: pip install {package}"
        raise ImportError(text) from error


def to_torch(net):
    """Return the weights as a state_dict of torch tensors, copies in the net's dtype.

    The keys are those of an nn.Sequential with the same layers in the same order: "0.weight"
    (n_out, n_in), which is W.T of layer 0, "0.bias" (n_out,), and so on.
    """
    layers = parts(net)
    torch = needed("torch")
    found = OrderedDict()
    for number, (_, arrays) in enumerate(layers):
        if arrays:
            found[f"{number}.weight"] = torch.tensor(arrays["W"].T.copy())
            found[f"{number}.bias"] = torch.tensor(arrays["b"])
    return found


def to_onnx(net, path):
    """Write the net as an ONNX model: input "x" (batch, n_in), output "out" (batch, n_out)."""
    layers = parts(net)
    onnx = needed("onnx")
    model = onnx.helper.make_model(
        graph(onnx, layers),
        opset_imports=[onnx.helper.make_operatorsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="mlpkit",
    )
    onnx.checker.check_model(model, full_check=True)
    write(path, model.SerializeToString())


def graph(onnx, layers):
    """Return the graph of the layers, a node each, from "x" over "out0", "out1", ... to "out"."""
    nodes, weights = [], []
    names = ["x", *(f"out{number}" for number in range(len(layers) - 1)), "out"]
    for number, (kind, arrays) in enumerate(layers):
        own = {f"{name}{number}": array for name, array in arrays.items()}
        weights += [onnx.numpy_helper.from_array(array, name) for name, array in own.items()]
        operator = OPERATORS.get(kind, kind)
        nodes.append(onnx.helper.make_node(operator, [names[number], *own], [names[number + 1]]))
    dtypes = {array.dtype for _, arrays in layers for array in arrays.values()}
    check(len(dtypes) == 1, "net", "parameters of one dtype (see net.astype)", dtypes or "none")
    element = onnx.helper.np_dtype_to_tensor_dtype(dtypes.pop())
    shapes = [arrays["W"].shape for _, arrays in layers if arrays]
    fit = all(before[1] == after[0] for before, after in pairwise(shapes))
    check(fit, "net", "layers that fit together", shapes)
    x = onnx.helper.make_tensor_value_info("x", element, ["batch", shapes[0][0]])
    out = onnx.helper.make_tensor_value_info("out", element, ["batch", shapes[-1][1]])
    return onnx.helper.make_graph(nodes, "net", [x], [out], weights)
