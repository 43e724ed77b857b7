"""What moves in the notebooks. Widgets may use mlpkit.plots, never the other way round.

progress.py    progress, a bar that advances with each epoch of a training, and print_epoch
batches.py     batches, an explorer of learning rate and batch size
scores.py      scores, an explorer of softmax and cross-entropy
panel.py       what explorers share: labeled controls, a picture, its words (panel.js, panel.css)
"""

from .batches import batches
from .progress import print_epoch, progress
from .scores import scores
from .training import training

__all__ = ["batches", "print_epoch", "progress", "scores", "training"]
