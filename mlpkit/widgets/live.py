"""A picture of which only some things move: what stays is drawn once, and only the rest anew."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis

from ..plots.picture import Picture, style


class LivePicture(Picture):
    """A figure and the artists in it that `moving` lists; `facts` is set with each change.

    `seldom` are artists below them that change now and then, such as an axis (ax.xaxis) whose
    limits grow: they are drawn anew after `refresh`.
    """

    def __init__(self, figure, moving, seldom=()):
        super().__init__(figure, "")
        self.moving, self.seldom = list(moving), list(seldom)
        self.base = self.ground = None

    def refresh(self):
        """Draw anew, the next time, what changes seldom."""
        self.ground = None

    def draw(self):
        """Put the moving artists on the ground, which is drawn when it is needed."""
        canvas, box = self.figure.canvas, self.figure.bbox
        if self.base is None:
            super().draw()  # with everything, to find the places of all things
            for artist in (*self.moving, *self.seldom):
                artist.set_animated(True)
            super().draw()
            self.base = canvas.copy_from_bbox(box)
        with style():
            if self.ground is None:
                canvas.restore_region(self.base)
                self.paint(self.seldom)
                self.ground = canvas.copy_from_bbox(box)
            canvas.restore_region(self.ground)
            self.paint(self.moving)

    def paint(self, artists):
        """Draw artists; after an axis, whose grid may cross them, the borders of its Axes too."""
        for artist in artists:
            self.figure.draw_artist(artist)
            if isinstance(artist, Axis):
                for spine in artist.axes.spines.values():
                    self.figure.draw_artist(spine)


class Tiles(Artist):
    """A plane of colored tiles over the whole of its Axes, drawn in a tenth of an image's time.

    An image of Matplotlib's is sampled anew with each drawing. The outer tiles have their centers
    on the border, so that half of them is seen.
    """

    def __init__(self, axes):
        super().__init__()
        self.colors = None  # bytes (rows, columns, 4), opaque, the first row at the bottom
        self.set_in_layout(False)
        axes.add_artist(self)

    def draw(self, renderer):
        """Put the tiles' colors into the pixels of the Axes."""
        if self.colors is not None:
            (left, bottom), (right, top) = np.rint(self.axes.bbox.get_points()).astype(int)
            sizes = (top - bottom, right - left)
            rows, columns = map(nearest_tiles, self.colors.shape, sizes)
            gc = renderer.new_gc()
            pixels = self.colors.take(columns, axis=1).take(rows, axis=0)  # faster than [...]
            renderer.draw_image(gc, left, bottom, pixels)
            gc.restore()
        self.stale = False


def nearest_tiles(tiles, pixels):
    """For each of so many pixels in a row the number of the tile that it lies in."""
    return np.rint((np.arange(pixels) + 0.5) / pixels * (tiles - 1)).astype(int)
