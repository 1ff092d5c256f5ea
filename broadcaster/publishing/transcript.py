"""Transcripts of a bulletin: WebVTT that follows the sound, and plain text to read."""

from collections.abc import Iterator

from broadcaster.publishing.edition import Article
from broadcaster.publishing.phrases import Phrases
from broadcaster.publishing.plain import one_line, paragraphs
from broadcaster.studio.bulletin import Cue
from broadcaster.types import Milliseconds


def vtt(article: Article, is_trial: bool, phrases: Phrases) -> bytes:
    """The cues as WebVTT."""
    blocks = ["WEBVTT"]
    if is_trial:
        blocks.append(f"NOTE {phrases.trial_long}")
    blocks += [block for cue in article.cues if (block := _cue(cue))]
    return ("\n\n".join(blocks) + "\n").encode()


def txt(article: Article, is_trial: bool, phrases: Phrases) -> bytes:
    """Title, then the text as written, one paragraph a line with a blank line between."""
    marks = [phrases.trial_long] if is_trial else []
    body = paragraphs(article.text) or (" ".join(one_line(cue.text) for cue in article.cues),)
    return ("\n\n".join([one_line(article.title), *marks, *body]) + "\n").encode()


def cue_paragraphs(article: Article) -> tuple[tuple[Cue, ...], ...]:
    """The cues in the paragraphs of the written text that they were read from."""
    gathered: list[list[Cue]] = []
    for number, cue in _numbered(article):
        if not gathered or number:
            gathered.append([])
        gathered[-1].append(cue)
    return tuple(tuple(cues) for cues in gathered)


def _numbered(article: Article) -> Iterator[tuple[bool, Cue]]:
    """Each cue, and whether a blank line stands in the text between it and the one before."""
    reached = 0
    for cue in article.cues:
        found = article.text.find(cue.text, reached)
        if found < 0:
            yield False, cue
            continue
        yield "\n\n" in article.text[reached:found], cue
        reached = found + len(cue.text.rstrip())


def _cue(cue: Cue) -> str | None:
    words = one_line(cue.text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    end = max(cue.end, cue.start + 1)
    return f"{_time(cue.start)} --> {_time(Milliseconds(end))}\n{words}" if words else None


def _time(at: Milliseconds) -> str:
    seconds, thousandths = divmod(at, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{thousandths:03d}"
