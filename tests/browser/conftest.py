"""The option that says where the screenshots of the browser tests go."""

from pathlib import Path

import pytest

from lab import browser, copy_course, server


def pytest_addoption(parser):
    parser.addoption("--screenshots", help="save a picture of each page of the notebooks there")


@pytest.fixture
def screenshots(request, tmp_path):
    """The folder for screenshots."""
    return Path(request.config.getoption("--screenshots") or tmp_path)


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A folder with a copy of the course."""
    root = tmp_path_factory.mktemp("copy") / "course"
    copy_course(root)
    return root


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The folder in which the JupyterLab of `url` keeps what it and the learner save."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def url(course, home):
    """The address of a JupyterLab that serves the copy of the course."""
    with server(course, home) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium."""
    with browser() as running:
        yield running
