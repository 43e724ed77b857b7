"""What moves in the notebooks. Widgets may use mlpkit.plots, never the other way round.

progress.py    progress, a bar that advances with each epoch of a training
"""

from .progress import progress

__all__ = ["progress"]
