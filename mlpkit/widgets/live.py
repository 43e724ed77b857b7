"""A picture of which only some things move: what stays is drawn once, and only the rest anew."""

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
