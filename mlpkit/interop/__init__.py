"""What leads out of the course: scikit-learn, files that keep a net, other frameworks that run it.

MLPClassifier  a net as scikit-learn's estimators are: fit, predict, score, in a Pipeline
MLPRegressor   the same for numbers instead of classes
save           writes a net into one file, which is whole or not there at all
load           gives the net back, bit for bit, and runs no code of the file
to_torch       the weights under the names that PyTorch's nn.Sequential has for them
to_onnx        the net as an ONNX file, which many programs run (needs `pip install onnx`)
"""

from .estimators import MLPClassifier, MLPRegressor
from .exports import to_onnx, to_torch
from .saving import load, save

__all__ = ["MLPClassifier", "MLPRegressor", "load", "save", "to_onnx", "to_torch"]
