"""Bridges from the framework to other tools; each imports the framework, never the other way."""

from .estimators import MLPClassifier, MLPRegressor

__all__ = ["MLPClassifier", "MLPRegressor"]
