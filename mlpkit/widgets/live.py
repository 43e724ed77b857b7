"""A picture of which only some things move: what stays is drawn once, and only the rest anew."""

from ..plots.picture import Picture, style


class LivePicture(Picture):
    """A figure and the artists in it that `moving` lists; `facts` is set with each change.

    An axis whose limits change, or a whole Axes, may be among the moving artists.
    """

    def __init__(self, figure, moving):
        super().__init__(figure, "")
        self.moving, self.ground = list(moving), None

    def draw(self):
        """Put the moving artists on the ground, which is drawn the first time."""
        canvas = self.figure.canvas
        if self.ground is None:
            super().draw()  # with everything, to find the places of all things
            for artist in self.moving:
                artist.set_animated(True)
            super().draw()
            self.ground = canvas.copy_from_bbox(self.figure.bbox)
        canvas.restore_region(self.ground)
        with style():
            for artist in self.moving:
                self.figure.draw_artist(artist)
