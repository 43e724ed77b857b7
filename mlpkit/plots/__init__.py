"""The course's pictures. Each function returns a Picture, which a notebook shows by itself.

points.py    data_set, boundary, boundaries, fit
charts.py    curves, lines, bars
images.py    digits_grid, confusion_matrix, first_layer_weights
graph.py     graph, the computational graph of a net or an expression; its parts are nodes.py,
             formula.py (expressions), netgraph.py (nets), place.py (where things stand), steps.py
             (the way through it in words) and sketch.py (the same shapes as SVG and as PNG)
picture.py   Picture: a Matplotlib figure, and the same in words
words.py     how numbers and sentences in those words are written

`title` replaces the picture's own title. `digits` is the number of significant digits of measured
numbers; digits=0 leaves them out of the words, for results that differ from computer to computer.
"""

from .charts import bars, curves, lines
from .graph import graph
from .images import confusion_matrix, digits_grid, first_layer_weights
from .picture import Picture
from .points import boundaries, boundary, data_set, fit

__all__ = [
    "Picture",
    "bars",
    "boundaries",
    "boundary",
    "confusion_matrix",
    "curves",
    "data_set",
    "digits_grid",
    "first_layer_weights",
    "fit",
    "graph",
    "lines",
]
