"""Sentences for people: every one has its Vietnamese, and days, hours and sentences within sentences read as people write them."""

import ast
import re
import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from string import Formatter

from broadcaster.timekeeping import ZONE
from broadcaster.types import Weekday
from broadcaster.words import Sentence, say, shown
from tests.catalogue import FOLDER, HOUSE, catalogue, compiled, ids

ENGLISH = re.compile(
    r"\b(the|is|are|was|were|not|and|of|for|with|from|has|have|had|this|that|which|it|its|there|where|when|what|who"
    r"|cannot|must|should|may|give|look|use|run|add|set|choose|write|name|key|day|hour|minutes?|seconds?|files?|folder"
    r"|scripts?|revision|draft|approved|submitted|returned|withdrawn|stations?|sessions?|clusters?|sounds?|voices?"
    r"|recording|campaigns?|clause|plan|release|schedule|rundown|clock|slot|lead-in|items?|missing|trial|workspace)\b",
    re.IGNORECASE,
)
"""Words that only an English leftover holds; those that are Vietnamese syllables as well (to, an, do, in) are not among them."""
NOT_PROSE = re.compile(r"“[^”]*”|\{[^{}]*\}|--[a-z-]+|\b[A-Z_]{2,}\b|\[+\w+\]+|[\w-]*/[\w/.-]*")
"""What stays as it is in every language: quoted names and commands, placeholders, options, arguments, tables, paths."""


def translations() -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue() if message.id}


def holes(text: str) -> set[tuple[str, str, str]]:
    """The placeholders with their format and conversion: `{name!r:>8}` is (name, >8, r)."""
    return {(name, spec or "", how or "") for _, name, spec, how in Formatter().parse(text) if name is not None}


def calls_of_say(path: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ]


def test_every_sentence_has_its_vietnamese() -> None:
    known = translations()

    assert [f"{place}: {text}" for text, place in ids() if not known.get(text)] == []


def test_catalogue_holds_no_sentence_that_the_code_no_longer_says() -> None:
    assert translations().keys() - {text for text, _ in ids()} == set()


def test_sentences_are_literals_so_that_the_catalogue_finds_them() -> None:
    loose = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in sorted(HOUSE.rglob("*.py"))
        for call in calls_of_say(path)
        if not (call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]

    assert loose == []


def test_sentences_are_given_the_values_that_they_name() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in sorted(HOUSE.rglob("*.py"))
        for call in calls_of_say(path)
        if isinstance(call.args[0], ast.Constant)
        and {name for name, _, _ in holes(str(call.args[0].value))} != {keyword.arg for keyword in call.keywords}
    ]

    assert wrong == []


def test_translations_keep_the_placeholders() -> None:
    assert [text for text, said in translations().items() if holes(text) != holes(said)] == []


def test_translations_keep_the_blanks_and_the_full_stop_at_their_ends() -> None:
    def ends(text: str) -> tuple[str, str, bool]:
        return text[: -len(text.lstrip())], text[len(text.rstrip()) :], text.rstrip().endswith(".")

    assert [text for text, said in translations().items() if ends(text) != ends(said)] == []


def test_translations_are_composed_and_hold_no_unseen_signs() -> None:
    wrong = [said for said in translations().values() if not unicodedata.is_normalized("NFC", said)]
    wrong += [said for said in translations().values() if not said.isprintable()]

    assert wrong == []


def test_translations_put_tone_marks_where_the_house_puts_them() -> None:
    """hòa, ủy, thủy: on the first vowel of an open oa, oe, uy."""
    old = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b", re.IGNORECASE)

    assert [said for said in translations().values() if old.search(said)] == []


def test_translations_hold_no_english_leftovers() -> None:
    found = {said: ENGLISH.findall(NOT_PROSE.sub(" ", said)) for said in translations().values()}

    assert {said: words for said, words in found.items() if words} == {}


def test_catalogue_that_is_read_is_the_one_that_people_edit() -> None:
    assert (FOLDER / "broadcaster.mo").read_bytes() == compiled(catalogue())


def test_day_and_hour_read_as_people_of_the_language_write_them() -> None:
    day = say("not valid before {day}", day=date(2020, 4, 21))
    hour = say("no room left in the session at {start}", start=time(5, 30))
    moment = say("{script} begins at {start}", script="cat-nuoc", start=datetime(2026, 10, 2, 5, 35, tzinfo=ZONE))

    assert (day.into("vi"), day.into("en")) == (
        "chưa được phát trước ngày 21/04/2020",
        "not valid before 2020-04-21",
    )
    assert (hour.into("vi"), hour.into("en")) == (
        "không còn chỗ trong buổi phát thanh lúc 05:30",
        "no room left in the session at 05:30",
    )
    assert (moment.into("vi"), moment.into("en")) == (
        "phát cat-nuoc đúng lúc 05:35 02/10/2026",
        "cat-nuoc begins at 05:35 2026-10-02",
    )


def test_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    hint = say(" Did you mean “{near}”?", near="ngay-sach")
    sentence = say("There is no campaign “{campaign}”.{hint}", campaign="ngay-sanh", hint=hint)

    assert sentence.into("vi") == "Không có đợt tuyên truyền “ngay-sanh”. Có phải là “ngay-sach” không?"
    assert sentence.into("en") == "There is no campaign “ngay-sanh”. Did you mean “ngay-sach”?"


def test_sentences_in_a_list_are_said_one_after_the_other() -> None:
    listed = (say("its sessions"), say("its clusters"), "Cát Bà", Weekday.MONDAY, 3)

    assert shown(listed, "vi") == "các buổi phát thanh, các cụm loa, Cát Bà, thu-2, 3"


def test_empty_sentence_stays_empty() -> None:
    assert (say("").into("vi"), say("").into("en")) == ("", "")


def test_sentence_without_a_translation_is_said_in_english() -> None:
    assert Sentence("The tide is {height} m.", (("height", 3),)).into("vi") == "The tide is 3 m."


def test_value_with_braces_is_shown_as_it_is() -> None:
    assert say("There is no station “{slug}”.", slug="{slug}").into("vi") == "Không có đài “{slug}”."


def test_sentence_is_shown_in_english_where_no_language_is_asked_for() -> None:
    assert str(say("expired after {day}", day=date(2021, 11, 3))) == "expired after 2021-11-03"
