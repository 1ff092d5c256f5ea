"""The framed player: what a portal puts into its own page, as a line to copy and as oEmbed 1.0 (https://oembed.com), a static file."""

from html import escape

from broadcaster.publishing import address
from broadcaster.publishing.edition import Article, Edition
from broadcaster.publishing.phrases import Phrases
from broadcaster.publishing.plain import one_line
from broadcaster.publishing.schedule import encoded

WIDTH, HEIGHT = 600, 220
"""What the player needs where nothing else is said; it is whole from 280 pixels of width."""
PICTURE = (1200, 630)
"""The size of `static/share.png`."""
AN_HOUR = 3600


def has_frame(article: Article) -> bool:
    """Whether there is something to be framed: a sound, and not withdrawn. A frame that stands already goes on with the words that say why not."""
    return article.sha256 is not None and not article.is_withdrawn


def iframe(article: Article, public_url: str, words: Phrases) -> str:
    """The line to paste into a page elsewhere. Whatever the title holds, it is one element and nothing more."""
    source = address.absolute(public_url, address.bulletin(article.script, "player.html"))
    title = f"{words.listen}: {one_line(article.title)}"
    return f'<iframe src="{escape(source)}" title="{escape(title)}" width="100%" height="{HEIGHT}" loading="lazy"></iframe>'


def oembed(article: Article, edition: Edition, words: Phrases) -> bytes:
    """`bulletins/<script id>/oembed.json`, from the article and the edition's address, language and trial mark alone."""
    mark = f"[{words.trial}] " if edition.is_trial else ""
    return encoded(
        {
            "version": "1.0",
            "type": "rich",
            "title": one_line(mark + article.title),
            "provider_name": words.site,
            "provider_url": f"{edition.public_url}/",
            "cache_age": AN_HOUR,
            "thumbnail_url": address.absolute(edition.public_url, "static/share.png"),
            "thumbnail_width": PICTURE[0],
            "thumbnail_height": PICTURE[1],
            "width": WIDTH,
            "height": HEIGHT,
            "html": iframe(article, edition.public_url, words),
        }
    )
