"""A time limit for the learner's code: an endless loop must not hang the notebook.

A thread waits; when the time is up it interrupts the main thread again and again, because a loop
may swallow exceptions. It cannot stop a loop inside C code, which only a restarted kernel ends.
"""

import _thread
import threading
import time


class Limit:
    """`with Limit(seconds) as limit:` ends its block by KeyboardInterrupt; limit.up says so.

    limit.seconds is what was granted last.
    """

    running = None  # the innermost limit in force

    def __init__(self, seconds):
        self.up = False
        self.grant(seconds)
        self.done, self.thread = threading.Event(), None

    def grant(self, seconds):
        """Let the time be up in so many seconds from now."""
        self.seconds, self.end = seconds, time.monotonic() + seconds

    def __enter__(self):
        Limit.running = self
        if threading.current_thread() is threading.main_thread():
            thread = threading.Thread(target=self.watch, daemon=True)
            try:
                thread.start()
            except RuntimeError:
                return self  # Python in a browser has no threads: no limit there
            self.thread = thread
        return self

    def watch(self):
        """Interrupt the main thread every 10 ms from the moment the time is up."""
        while (left := self.end - time.monotonic()) > 0:
            if self.done.wait(left):
                return
        self.up = True
        while not self.done.wait(0.01):
            _thread.interrupt_main()

    def __exit__(self, *error):
        for attempt in (1, 2, 3):  # an interrupt on its way may still arrive in here
            try:
                return self.stop()
            except KeyboardInterrupt:
                if attempt == 3:
                    raise
        return None

    def stop(self):
        """End the thread and catch its last interrupt."""
        Limit.running = None
        self.done.set()
        if self.thread:
            self.thread.join()
        if self.up:
            time.sleep(0.05)


def allow(seconds):
    """Let the limit in force end in so many seconds from now, for work that takes its time."""
    if Limit.running:
        Limit.running.grant(seconds)
