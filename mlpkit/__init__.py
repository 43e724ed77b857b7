"""mlpkit: a neural-network framework small enough to be read in one sitting (see README.md)."""

from .gradcheck import GradientReport, check_gradients
from .layers import Linear, ReLU, Sigmoid, Softmax, Tanh
from .losses import (
    AbsoluteLoss,
    CrossEntropyLoss,
    LogisticLoss,
    SquaredLoss,
    accuracy,
    zero_one_loss,
)
from .net import Net
from .optim import SGD, Adam
from .train import Epoch, History, steps, train

__all__ = [
    "SGD",
    "AbsoluteLoss",
    "Adam",
    "CrossEntropyLoss",
    "Epoch",
    "GradientReport",
    "History",
    "Linear",
    "LogisticLoss",
    "Net",
    "ReLU",
    "Sigmoid",
    "Softmax",
    "SquaredLoss",
    "Tanh",
    "accuracy",
    "check_gradients",
    "steps",
    "train",
    "zero_one_loss",
]
