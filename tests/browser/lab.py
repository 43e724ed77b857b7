"""A real JupyterLab in a real browser: start it, open a notebook, run it, look at it.

    copy_course(root)
    with server(root, home) as url, browser() as chromium:
        notebook = open_notebook(chromium, url, "notebooks/OwnFramework.ipynb")
        notebook.run_all()
        notebook.shoot("screenshots")
        assert notebook.complaints == []

Server and browser keep everything they write below `home`, ask no other computer for anything, and
work on a copy of the course, because JupyterLab saves what it runs.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import sync_playwright

from mlpkit.desk.start import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
VIEWPORT = {"width": 1280, "height": 900}
QUIET = "--no-first-run --disable-background-networking --disable-component-update --disable-sync"
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", *QUIET.split()]
SERVER_OPTIONS = [
    "--ServerApp.port_retries=0",
    "--ServerApp.open_browser=False",
    "--ServerApp.allow_root=True",
    "--IdentityProvider.token=",
    "--LabApp.expose_app_in_browser=True",
]
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
CHROMIUM_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
]
DARK = {
    "@jupyterlab/apputils-extension/themes.jupyterlab-settings": {"theme": "JupyterLab Dark"},
}


def find_chromium():
    """The path of a Chromium or Chrome: the variable CHROMIUM, or the first one found."""
    named = [os.environ.get("CHROMIUM")]
    for path in named + [shutil.which(name) for name in CHROMIUM_NAMES] + CHROMIUM_PLACES:
        if path and Path(path).is_file():
            return path
    raise FileNotFoundError("no Chromium found: install it, or set CHROMIUM to its path")


def free_port():
    """A port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def copy_course(root):
    """Copy the notebooks and what they show to the folder `root`."""
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for folder in ("notebooks", "lab"):
        shutil.copytree(ROOT / folder, Path(root, folder), ignore=ignored)


def environment(home):
    """This process's environment, with every folder that Jupyter writes to below `home`."""
    home = Path(home)
    return os.environ | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "MLPKIT_HOME": str(home / "mlpkit"),
    }


def write_settings(home, settings):
    """Save JupyterLab's user settings, one file for each name."""
    for name, values in settings.items():
        path = home / "settings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


@contextlib.contextmanager
def server(root, home, dark=False):
    """Run JupyterLab on the folder `root` with the empty folder `home`; give its address."""
    shutil.copytree(SETTINGS, environment(home)["JUPYTER_CONFIG_DIR"])
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}"]
    with running(command, home, dark) as url:
        yield url


@contextlib.contextmanager
def running(command, home, dark=False, as_words=False, cwd=None):
    """Run a command that starts JupyterLab, with the empty folder `home`; give its address.

    The options go to the end of `command`; with `as_words`, into its last word.
    """
    home = Path(home)
    write_settings(home, DARK if dark else {})
    (home / "mlpkit").mkdir(exist_ok=True)
    port = free_port()
    options = [*SERVER_OPTIONS, f"--ServerApp.port={port}"]
    command = [*command[:-1], command[-1] + " ".join(options)] if as_words else command + options
    with open(home / "server.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(home),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for_server(process, f"http://127.0.0.1:{port}", home / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            end(process)


def end(process):
    """End a process and those that it started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
    process.wait(timeout=30)


def wait_for_server(process, url, log, seconds=60):
    """Return when the server answers; raise RuntimeError with its log when it does not."""
    for _ in range(seconds * 5):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/api/status", timeout=5).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


@contextlib.contextmanager
def browser():
    """Run a headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=CHROMIUM_OPTIONS, headless=True
        )
        try:
            yield chromium
        finally:
            chromium.close()


def open_notebook(chromium, url, path, dark=False):
    """Open the notebook `path` (from the server's root) in a new window, ready to run."""
    return open_page(chromium, f"{url}/lab/workspaces/{uuid4().hex}/tree/{path}?reset", dark)


def open_page(chromium, url, dark=False):
    """Open a page of JupyterLab that shows a notebook, and wait until it is ready to run."""
    scheme = "dark" if dark else "light"
    page = chromium.new_page(viewport=VIEWPORT, color_scheme=scheme)
    notebook = Notebook(page, urlsplit(url).netloc)
    page.goto(url)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    notebook.wait_for_kernel()
    notebook.wait_until_idle()
    notebook.hide_side_bar()
    return notebook


CONTENT = "window.jupyterapp.shell.currentWidget.content"
SCROLLER = "document.querySelector('.jp-NotebookPanel .jp-WindowedPanel-outer')"
KERNEL_ANSWERED = """() => {
    const context = window.jupyterapp.shell.currentWidget?.sessionContext;
    const kernel = context?.session?.kernel;
    return Boolean(context?.isReady) && kernel?.connectionStatus === "connected"
        && kernel.status === "idle";
}"""
OVERLAP = 80  # pixels that two neighboring screenshots share
END_IN_SIGHT = f"""() => {{
    const cells = {CONTENT}.model.cells.length;
    const last = document.querySelector(`[data-windowed-list-index="${{cells - 1}}"]`);
    const sight = {SCROLLER}.getBoundingClientRect();
    return last && last.getBoundingClientRect().bottom <= sight.bottom + 1;
}}"""


class Notebook:
    """An open notebook; `complaints` collects console errors and requests to other hosts."""

    def __init__(self, page, host):
        self.page, self.host, self.complaints = page, host, []
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", self._note_request)

    def _note_console(self, message):
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def _note_request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def wait_for_kernel(self, seconds=120):
        """Return when the kernel has answered, which JupyterLab must know before it runs a cell.

        Presses Select in the kernel dialog, which a fresh server sometimes shows.
        """
        end = time.monotonic() + seconds
        select = self.page.locator(".jp-Dialog button:has-text('Select')")
        while not self.page.evaluate(KERNEL_ANSWERED):
            if time.monotonic() > end:
                raise TimeoutError(f"the kernel did not answer in {seconds} seconds")
            if select.count():
                select.click()
            self.page.wait_for_timeout(100)

    def hide_side_bar(self):
        """Close the file browser, so that the notebook has the window to itself."""
        if self.page.locator("#jp-left-stack").is_visible():
            self.page.keyboard.press("Control+b")

    def command(self, name, **arguments):
        """Execute a command of JupyterLab, such as notebook:run-all-cells, and wait for it."""
        call = "([name, values]) => window.jupyterapp.commands.execute(name, values)"
        return self.page.evaluate(call, [name, arguments])

    def run_all(self, seconds=300):
        """Run all cells, as the menu does, and wait for the kernel to finish."""
        self.command("notebook:run-all-cells")
        self.wait_until_idle(seconds)

    def model(self):
        """The notebook as JupyterLab holds it now, outputs included: the JSON of nbformat."""
        return self.page.evaluate(f"() => {CONTENT}.model.toJSON()")

    def outputs(self):
        """The outputs of each code cell, by cell id."""
        cells = self.model()["cells"]
        return {cell["id"]: cell["outputs"] for cell in cells if cell["cell_type"] == "code"}

    def errors(self):
        """The cells that were not executed, and those that show an error or stderr, with it."""
        cells = [cell for cell in self.model()["cells"] if cell["cell_type"] == "code"]
        found = [(c["id"], "not executed") for c in cells if c["execution_count"] is None]
        for cell_id, outputs in self.outputs().items():
            for output in outputs:
                if output["output_type"] == "error" or output.get("name") == "stderr":
                    found.append((cell_id, output.get("evalue") or output.get("text")))
        return found

    def show(self, cell_id):
        """Scroll to the cell `cell_id` and give its place on the page."""
        index = [cell["id"] for cell in self.model()["cells"]].index(cell_id)
        self.page.evaluate(f"index => {CONTENT}.scrollToItem(index, 'start')", index)
        self.settle()
        return self.page.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{index}']")

    def type_into(self, cell_id, text):
        """Replace what stands in a code cell, with the keyboard."""
        self.show(cell_id).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def run_cell(self, cell_id, seconds=60):
        """Run one cell with Control+Enter; give the words of its outputs."""
        self.show(cell_id).locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        self.wait_until_idle(seconds, stable=0.4)
        return self.words(cell_id)

    def words(self, cell_id):
        """The outputs of a cell as plain text."""
        found = []
        for output in self.outputs()[cell_id]:
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            found.append("".join(text))
        return "\n".join(found)

    def restart_kernel(self):
        """Restart the kernel: all that was defined is gone."""
        kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        self.page.evaluate(f"() => {kernel}.restart()")
        self.wait_until_idle()

    def settle(self):
        """Give formulas and pictures the time to appear."""
        self.page.wait_for_timeout(400)
        self.page.wait_for_function("() => [...document.images].every(image => image.complete)")

    def shoot(self, folder):
        """Save the notebook from top to bottom as page-01.png and so on; give the paths."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for number, _ in enumerate(self.scroll(), start=1):
            paths.append(folder / f"page-{number:02}.png")
            self.page.screenshot(path=paths[-1])
        return paths

    def scroll(self):
        """Scroll down window by window, with an overlap; yield at each stop.

        JupyterLab draws cells as they come into sight, so the way to the end is asked anew.
        """
        self.page.evaluate(f"() => {{ {SCROLLER}.scrollTop = 0 }}")
        self.settle()
        yield
        while not self.page.evaluate(END_IN_SIGHT):
            step = f"{SCROLLER}.clientHeight - {OVERLAP}"
            self.page.evaluate(f"() => {{ {SCROLLER}.scrollTop += {step} }}")
            self.settle()
            yield

    def is_idle(self):
        """Whether the kernel has nothing to do and no cell waits."""
        waiting = self.page.locator(".jp-Notebook .jp-InputArea-prompt:has-text('[*]')").count()
        idle = self.page.locator(".jp-NotebookPanel [data-status='idle']").count()
        return idle > 0 and waiting == 0

    def wait_until_idle(self, seconds=180, stable=1.0):
        """Return when the kernel was idle for `stable` seconds: a fresh one says so too early."""
        end, since = time.monotonic() + seconds, None
        while time.monotonic() < end:
            self.page.wait_for_timeout(100)
            if not self.is_idle():
                since = None
            elif since is None:
                since = time.monotonic()
            elif time.monotonic() - since > stable:
                return
        raise TimeoutError(f"the kernel was still busy after {seconds} seconds")
