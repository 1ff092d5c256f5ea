"""The shipped lexicon, read once."""

from pathlib import Path

import pytest

from broadcaster.studio.reading import Lexicon, read_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return read_lexicon(Path(__file__).parents[3] / "content" / "lexicon")
