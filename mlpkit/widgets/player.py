"""An explorer that moves by itself: Play, Stop, Step, and Rewind to the same start.

It plays as a task of the kernel's own event loop and lets the kernel breathe between steps, so
that Stop and the sliders are heard. There are no threads: browsers' Python has none.
"""

import asyncio
import weakref
from time import perf_counter

from IPython import get_ipython

from ..data.arguments import check_count
from ..i18n import N_
from .panel import Button, Explorer

BREATH = 0.02  # seconds of computing between two looks for messages
ROUNDS = 4  # of the event loop
PICTURE = 0.1  # seconds from picture to picture
PLAYERS = weakref.WeakSet()


class Player(Explorer):
    """Subclasses write start(**values), advance() and look(**values), and adjust(**values)."""

    buttons = (
        Button("play", N_("Play")),
        Button("stop", N_("Stop")),
        Button("step", N_("Step")),
        Button("rewind", N_("Rewind")),
    )
    free = ()  # controls that may be moved on the way; all others lead back to the start

    def __init__(self):
        self.task, self.ended, self.started = None, False, False
        self.cell, self.run_of_cell = running_cell()
        for other in list(PLAYERS):  # those that an earlier run of this cell has left
            if self.cell and other.cell == self.cell and other.run_of_cell != self.run_of_cell:
                other.stop()
        super().__init__()
        self.show_state()
        PLAYERS.add(self)

    def start(self, **values):
        """Make the state of the start, always the same one."""
        raise NotImplementedError

    def advance(self):
        """Make one step; return whether another one may follow."""
        raise NotImplementedError

    def pause(self):
        """Seconds to show the picture of this step before the next; 0: as fast as it goes."""
        return 0

    def adjust(self, **values):
        """Take over the values of the controls that may be moved on the way."""

    def begin(self):
        self.started, self.ended = False, True  # until the learner's code has made the start
        self.start(**self.values())
        self.started, self.ended = True, False

    def moved(self, change):
        old, new = change["old"], change["new"]
        if self.started and all(old[id] == new[id] or id in self.free for id in new):
            self.guarded(lambda: (self.adjust(**self.values()), self.update()))
        else:
            self.guarded(self.rewind)

    def press(self, button):
        (self.begin_to_play if button == "play" else getattr(self, button))()

    def play(self, times):
        """Make up to `times` steps at once: Play for code, where nobody can press Stop.

        Raises TypeError or ValueError unless `times` is a whole number of at least 1.
        """
        check_count("times", times, 1)
        if not self.started:
            return self.rewind()  # says again why there is no start to go on from
        for _time in range(times):
            if self.ended or not self.make_step():
                break
        self.update()

    def step(self):
        """Make one step."""
        if not self.task:
            self.play(1)

    def stop(self):
        """Stop playing; the next Play goes on from here."""
        if self.task:
            self.halt()
            self.update()

    def halt(self):
        """Stop playing, and leave the picture as it is."""
        if self.task:
            self.task.cancel()
            self.task = None
            self.show_state()

    def rewind(self):
        """Go back to the start, which is the same each time."""
        self.halt()
        try:
            self.begin()
        finally:
            self.show_state()
        self.update()

    def begin_to_play(self):
        """Play until the end, or until Stop."""
        if not self.task and not self.ended:
            self.task = asyncio.get_running_loop().create_task(self.go_on())
            self.show_state()

    def make_step(self):
        """One step; return whether another one may follow."""
        goes_on = False  # after an exception only Rewind helps
        try:
            goes_on = self.advance()
        finally:
            self.ended = not goes_on
            if self.ended:
                self.show_state()
        return goes_on

    async def go_on(self):
        """Make steps and show pictures, with pauses in which the kernel hears the page."""
        task = self.task
        shown = heard = perf_counter()
        try:
            while self.make_step():
                now, pause = perf_counter(), self.pause()
                if pause or now - shown > PICTURE:
                    self.update()
                    shown = perf_counter()
                if pause or now - heard > BREATH:
                    await breathe(pause)
                    heard = perf_counter()
            self.update()
        except Exception as error:
            self.fail(error)
        finally:
            if self.task is task:
                self.task = None
            self.show_state()

    def show_state(self):
        """Tell the page whether it plays, and which buttons do nothing now."""
        playing = self.task is not None
        off = ["play", "step"] if playing or self.ended else []
        if not playing:
            off = [*off, "stop"]
        if (playing, off) != (self.panel.running, self.panel.off):
            self.panel.running, self.panel.off = playing, off


async def breathe(seconds):
    """Let the kernel hear the page; a message needs some rounds of its loop to get through."""
    await asyncio.sleep(seconds)
    for _round in range(ROUNDS):
        await asyncio.sleep(0)


def running_cell():
    """(id of the notebook's cell that is running, how manieth run of a cell), or (None, None)."""
    shell = get_ipython()
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return None, None
    return kernel.get_parent("shell").get("metadata", {}).get("cellId"), shell.execution_count
