"""What moves in the notebooks. Widgets may use mlpkit.plots, never the other way round.

progress.py    progress, a bar that advances with each epoch of a training, and print_epoch
"""

from .progress import print_epoch, progress

__all__ = ["print_epoch", "progress"]
