"""The translations of this repository are complete, right, and built."""

import lint
import pytest
from execute import ROOT, read, translated_notebooks

from mlpkit.i18n import translate


def test_catalogs_and_editions_have_no_problems():
    assert translate.check_all(ROOT) == []


@pytest.mark.parametrize(
    "path", translated_notebooks(), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_edition_keeps_every_rule(path):
    assert lint.problems(read(path), path) == []
