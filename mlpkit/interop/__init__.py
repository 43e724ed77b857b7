"""What leads out of the course: files that keep a net, and other frameworks that run it.

save       writes a net into one file, which is whole or not there at all
load       gives the net back, bit for bit, and runs no code of the file
to_torch   the weights under the names that PyTorch's nn.Sequential has for them
to_onnx    the net as an ONNX file, which many programs run (needs `pip install onnx`)
"""

from .exports import to_onnx, to_torch
from .saving import load, save

__all__ = ["load", "save", "to_onnx", "to_torch"]
