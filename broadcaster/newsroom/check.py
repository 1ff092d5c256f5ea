"""Findings about a script before anybody hears it: names and laws that do not hold on a day it may air, and what an editor overlooks.

A name or a document of the past may be named as such; the rule for that stands in `mentions.py`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from broadcaster.forms import did_you_mean, unseen
from broadcaster.newsroom.mentions import Mention, as_coming, as_ended, mentions, of_the_past
from broadcaster.newsroom.script import Script
from broadcaster.planning.calendar import windows_anywhere
from broadcaster.planning.campaign import Campaign
from broadcaster.planning.document import Document
from broadcaster.planning.plan import Plan
from broadcaster.stations.area import Areas
from broadcaster.types import BulletinClass, DatedName, Finding, Kind, Weight, name_on
from broadcaster.words import Sentence, say

SYLLABLES_A_MINUTE = 200
LENGTHS = {Kind.NEWS: (25, 75), Kind.FEATURE: (100, 270), Kind.SLOGAN: (4, 20), Kind.STUDY_REMINDER: (20, 75)}
"""Seconds that a piece of each kind usually lasts; what lies outside is a note."""
LONGEST = 20_000
"""Characters of a text, about 22 minutes of speech: longer than the sessions that stations have."""
RELATIVE_DAYS = re.compile(
    r"\b(hôm nay|ngày mai|hôm qua|ngày kia|tối nay|sáng nay|chiều nay|trưa nay|đêm nay)\b", re.IGNORECASE
)
TELLS_OF_DAYS = (Kind.NEWS, Kind.NOTICE)
"""Kinds that tell of things on a day; in the others “hôm nay” mostly means our time, or the evening of each airing."""


def check(
    script: Script,
    *,
    place: str,
    days: Sequence[date],
    campaigns: Mapping[str, Campaign],
    documents: Iterable[Document],
    areas: Areas,
    plans: Sequence[Plan],
) -> tuple[Finding, ...]:
    """All findings of `script`, judged on those of `days` (in order) on which it may air: within its own dates, and while its campaign is due."""
    mine = tuple(day for day in days if script.may_air_on(day))
    airs = tuple(_while_due(mine, campaigns.get(script.campaign or "")))
    found = [
        *_unknown(script, campaigns, areas, plans),
        *_dates(script),
        *_texts(script),
        *_stale_names(script, airs, campaigns.values(), areas),
        *_not_in_force(script, airs, documents),
        *_ended_areas(script, airs, areas),
    ]
    if len(days) > 1 and mine and not airs:
        found.append(_never_due(script, mine, any(_while_due(days, campaigns.get(script.campaign or "")))))
    if len(airs) > 1 and script.kind in TELLS_OF_DAYS:
        found += _relative_days(script)
    return tuple(Finding(one.weight, one.kind, place, one.sentence, one.span) for one in found)


@dataclass(frozen=True)
class Found:
    """A finding whose place is still to be said."""

    weight: Weight
    kind: str
    sentence: Sentence
    span: tuple[int, int] | None = None


def _unknown(script: Script, campaigns: Mapping[str, Campaign], areas: Areas, plans: Sequence[Plan]) -> Iterator[Found]:
    if script.campaign and script.campaign not in campaigns:
        hint = did_you_mean(script.campaign, campaigns)
        sentence = say("There is no campaign “{campaign}”.{hint}", campaign=script.campaign, hint=hint)
        yield Found(Weight.BLOCKING, "campaign", sentence)
    if not script.campaign and script.kind not in (Kind.NOTICE, Kind.LEAD_IN):
        sentence = say("It names no campaign, so it is aired only where nothing else is due. Add “campaign: …”.")
        yield Found(Weight.TO_WEIGH, "campaign", sentence)
    clauses = [clause.id for plan in plans for clause in plan.clauses]
    for clause in script.clauses:
        if clause not in clauses:
            sentence = say("No plan has a clause “{clause}”.{hint}", clause=clause, hint=did_you_mean(clause, clauses))
            yield Found(Weight.BLOCKING, "clause", sentence)
    for area in script.areas:
        if area not in areas:
            sentence = say("There is no area “{area}”.{hint}", area=area, hint=did_you_mean(area, areas))
            yield Found(Weight.BLOCKING, "area", sentence)


def _dates(script: Script) -> Iterator[Found]:
    if script.not_before and script.expires and script.expires < script.not_before:
        yield Found(
            Weight.BLOCKING,
            "dates",
            say(
                "It expires on {expires}, before it may first be aired on {first}.",
                expires=script.expires,
                first=script.not_before,
            ),
        )


def _texts(script: Script) -> Iterator[Found]:
    if script.bulletin_class is BulletinClass.EMERGENCY:
        sentence = say("“khẩn cấp” in a script gives no right to the air. Send an alert instead.")
        yield Found(Weight.TO_WEIGH, "class", sentence)
    if not script.summary and script.kind in (Kind.NEWS, Kind.FEATURE):
        yield Found(Weight.NOTE, "summary", say("It has no summary, so the portal shows its title alone."))
    if not script.text.strip():
        yield Found(Weight.BLOCKING, "text", say("It has no text to be read aloud. Write it."))
    for what, text, is_line in (
        (say("title"), script.title, True),
        (say("summary"), script.summary, True),
        (say("text"), script.text, False),
    ):
        if unseen(text) or not unicodedata.is_normalized("NFC", text) or (is_line and "\n" in text):
            sentence = say(
                "Its {what} holds signs that cannot be read aloud (a line break in a line, control signs, decomposed letters). Write it anew.",
                what=what,
            )
            yield Found(Weight.BLOCKING, "text", sentence)
    if len(script.text) > LONGEST:
        sentence = say(
            "It has {count} characters, more than a session can hold. Divide it into several scripts.",
            count=len(script.text),
        )
        yield Found(Weight.TO_WEIGH, "length", sentence)
    seconds = len(script.text.split()) * 60 / SYLLABLES_A_MINUTE
    least, most = LENGTHS.get(script.kind, (0, 3600))
    if not least <= seconds <= most:
        yield Found(
            Weight.NOTE,
            "length",
            say(
                "Read aloud it lasts about {seconds} seconds; its kind usually lasts {least} to {most}.",
                seconds=round(seconds),
                least=least,
                most=most,
            ),
        )


def _while_due(days: Sequence[date], campaign: Campaign | None) -> Iterator[date]:
    """Those of `days` on which the campaign is due anywhere; all of them where there is none."""
    if campaign is None or not days:
        yield from days
        return
    found = windows_anywhere(campaign, days[0], days[-1])
    yield from (
        day for day in days if name_on(campaign.names, day) is not None and any(window.holds(day) for window in found)
    )


def _never_due(script: Script, mine: Sequence[date], is_due_otherwise: bool) -> Found:
    """To be weighed where the script's own dates keep it from its campaign; a note where the campaign rests for all the days."""
    return Found(
        Weight.TO_WEIGH if is_due_otherwise else Weight.NOTE,
        "never-due",
        say(
            "Its campaign “{campaign}” is due on no day from {first} to {last} on which it may be aired, so nobody will hear it then. Look at “not_before”, “expires” and the campaign's days.",
            campaign=script.campaign,
            first=mine[0],
            last=mine[-1],
        ),
    )


@dataclass(frozen=True)
class _Named:
    """A thing with dated names, and the names of what took its place."""

    names: tuple[DatedName, ...]
    successors: tuple[DatedName, ...] = ()


def _stale_names(script: Script, days: Sequence[date], campaigns: Iterable[Campaign], areas: Areas) -> Iterator[Found]:
    things = [_Named(one.names) for one in campaigns]
    for area in areas.values():
        after = tuple(name for slug in area.successors if slug in areas for name in areas[slug].names)
        things.append(_Named(area.names, after))
    bearers: dict[str, list[_Named]] = {}
    for thing in things:
        for said in dict.fromkeys(way for name in thing.names for way in _ways(name)):
            bearers.setdefault(said, []).append(thing)
    seen = set()
    for mention, span in _mentions(script, bearers):
        held = [name for thing in bearers[mention.name] for name in thing.names if mention.name in _ways(name)]
        day = next((one for one in days if not any(name.holds_on(one) for name in held)), None)
        if day is not None and mention.name not in seen and not of_the_past(mention, held, day):
            seen.add(mention.name)
            yield Found(Weight.BLOCKING, "stale-name", _stale(mention.name, held, bearers[mention.name], day), span)


def _ways(name: DatedName) -> tuple[str, ...]:
    return (name.text, name.spoken) if name.spoken else (name.text,)


def _stale(said: str, held: Sequence[DatedName], things: Sequence[_Named], day: date) -> Sentence:
    right = dict.fromkeys(
        name.text for thing in things for name in (*thing.names, *thing.successors) if name.holds_on(day)
    )
    ended = [name.until for name in held if name.until and name.until < day]
    begins = [name.since for name in held if name.since and day < name.since]
    line = f"expires: {max(ended).isoformat()}" if ended else f"not_before: {min(begins).isoformat()}"
    return say(
        "It says “{name}”, which is not the name on {day}, when it may be aired.{right} Use the name of that day, or set “{line}”, so that it airs only while the name holds.",
        name=said,
        day=day,
        right=say(" The right one is “{right}”.", right=tuple(right)) if right else say(""),
        line=line,
    )


def _not_in_force(script: Script, days: Sequence[date], documents: Iterable[Document]) -> Iterator[Found]:
    cited = {way: document for document in documents for way in (document.number, *document.also)}
    seen = set()
    for mention, span in _mentions(script, cited, script.sources):
        document = cited[mention.name]
        day = next((one for one in days if not document.is_in_force_on(one)), None)
        if day is None or document.number in seen:
            continue
        is_coming = document.since is not None and day < document.since
        if not (as_coming(mention) if is_coming else as_ended(mention)):
            seen.add(document.number)
            yield Found(Weight.BLOCKING, "superseded", _citing(document, day, is_coming), span)


def _citing(document: Document, day: date, is_coming: bool) -> Sentence:
    if is_coming:
        return say(
            "It cites {kind} {number}, which is in force only from {since}; it may be aired on {day}. Set “not_before”.",
            kind=document.kind,
            number=document.number,
            since=document.since,
            day=day,
        )
    successor = say(" Its successor is {number}.", number=document.replaced_by) if document.replaced_by else say("")
    return say(
        "It cites {kind} {number}, which is no longer in force on {day}, when it may be aired.{successor} Cite what is in force, or set “expires: {until}”.",
        kind=document.kind,
        number=document.number,
        day=day,
        successor=successor,
        until=(document.until or day).isoformat(),
    )


def _ended_areas(script: Script, days: Sequence[date], areas: Areas) -> Iterator[Found]:
    for slug in script.areas:
        if slug not in areas or not days or any(name_on(areas[slug].names, day) for day in days):
            continue
        yield Found(
            Weight.TO_WEIGH,
            "area",
            say(
                "It is meant for the area “{area}”, which is not there on {day} any more or yet, so nobody will hear it.{successors}",
                area=slug,
                day=days[0],
                successors=say(" Its successors are {areas}.", areas=areas[slug].successors)
                if areas[slug].successors
                else say(""),
            ),
        )


def _relative_days(script: Script) -> Iterator[Found]:
    found = RELATIVE_DAYS.search(script.text)
    if found:
        sentence = say(
            "It says “{words}” and may be aired on several days. Name the day, or let it expire on that day.",
            words=found[0],
        )
        yield Found(Weight.TO_WEIGH, "relative-day", sentence, found.span())


def _mentions(
    script: Script, names: Mapping[str, object], beside: Sequence[str] = ()
) -> Iterator[tuple[Mention, tuple[int, int] | None]]:
    """Mentions in the text with their place in it, then in the title, the summary and `beside`."""
    for mention in mentions(script.text, names):
        yield mention, mention.span
    for other in (script.title, script.summary, *beside):
        for mention in mentions(other, names):
            yield mention, None
