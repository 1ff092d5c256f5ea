"""Findings about a script before anybody hears it: names and laws that do not hold on a day it may air, and what an editor overlooks.

A name or a document of the past may be named as such: a sentence that holds one of `SPEAKS_OF_THE_PAST` is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from broadcaster.forms import did_you_mean
from broadcaster.newsroom.script import Script
from broadcaster.planning.calendar import windows
from broadcaster.planning.campaign import Campaign
from broadcaster.planning.document import Document
from broadcaster.planning.plan import Plan
from broadcaster.stations.area import Areas
from broadcaster.types import BulletinClass, DatedName, Finding, Kind, Weight, name_on
from broadcaster.words import Sentence, say

SPEAKS_OF_THE_PAST = re.compile(
    r"trước đây|trước kia|tên cũ|cũ\b|khi đó|thay thế|thay cho|hết hiệu lực|bãi bỏ|sau này|nay là|đổi tên|từng|năm xưa|ngày ấy|tiền thân|đến hết ngày|"
    r"\b(thành lập|ra đời|ban hành|ký|phê duyệt) (vào )?năm",
    re.IGNORECASE,
)
SYLLABLES_A_MINUTE = 200
LENGTHS = {Kind.NEWS: (25, 75), Kind.FEATURE: (100, 270), Kind.SLOGAN: (4, 20), Kind.STUDY_REMINDER: (20, 75)}
"""Seconds that a piece of each kind usually lasts; what lies outside is a note."""
RELATIVE_DAYS = re.compile(
    r"\b(hôm nay|ngày mai|hôm qua|ngày kia|tối nay|sáng nay|chiều nay|trưa nay|đêm nay)\b", re.IGNORECASE
)


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
    """All findings of `script`, judged on those of `days` on which it may air: within its own dates, and while its campaign is due."""
    found = [
        *_unknown(script, campaigns, areas, plans),
        *_dates(script),
        *_texts(script),
    ]
    airs = tuple(_days_on_air(script, days, campaigns, areas))
    found += _stale_names(script, airs, campaigns.values(), areas)
    found += _superseded(script, airs, documents)
    if len(airs) > 1 and script.kind is not Kind.LEAD_IN:
        found += _relative_days(script)
    return tuple(Finding(weight, kind, place, sentence) for weight, kind, sentence in found)


Found = tuple[Weight, str, Sentence]


def _unknown(script: Script, campaigns: Mapping[str, Campaign], areas: Areas, plans: Sequence[Plan]) -> Iterator[Found]:
    if script.campaign and script.campaign not in campaigns:
        hint = did_you_mean(script.campaign, campaigns)
        yield (
            Weight.BLOCKING,
            "campaign",
            say("There is no campaign “{campaign}”.{hint}", campaign=script.campaign, hint=hint),
        )
    if not script.campaign and script.kind not in (Kind.NOTICE, Kind.LEAD_IN):
        yield (
            Weight.TO_WEIGH,
            "campaign",
            say("It names no campaign, so it is aired only where nothing else is due. Add “campaign: …”."),
        )
    clauses = [clause.id for plan in plans for clause in plan.clauses]
    for clause in script.clauses:
        if clause not in clauses:
            yield (
                Weight.BLOCKING,
                "clause",
                say("No plan has a clause “{clause}”.{hint}", clause=clause, hint=did_you_mean(clause, clauses)),
            )
    for area in script.areas:
        if area not in areas:
            yield (
                Weight.BLOCKING,
                "area",
                say("There is no area “{area}”.{hint}", area=area, hint=did_you_mean(area, areas)),
            )


def _dates(script: Script) -> Iterator[Found]:
    if script.not_before and script.expires and script.expires < script.not_before:
        yield (
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
        yield Weight.TO_WEIGH, "class", say("“khẩn cấp” in a script gives no right to the air. Send an alert instead.")
    if not script.summary and script.kind in (Kind.NEWS, Kind.FEATURE):
        yield Weight.NOTE, "summary", say("It has no summary, so the portal shows its title alone.")
    seconds = len(script.text.split()) * 60 / SYLLABLES_A_MINUTE
    least, most = LENGTHS.get(script.kind, (0, 3600))
    if not least <= seconds <= most:
        yield (
            Weight.NOTE,
            "length",
            say(
                "Read aloud it lasts about {seconds} seconds; its kind usually lasts {least} to {most}.",
                seconds=round(seconds),
                least=least,
                most=most,
            ),
        )


def _days_on_air(
    script: Script, days: Sequence[date], campaigns: Mapping[str, Campaign], areas: Areas
) -> Iterator[date]:
    mine = [day for day in days if script.may_air_on(day)]
    campaign = campaigns.get(script.campaign or "")
    if campaign is None or not mine:
        yield from mine
        return
    due = [(one.first, one.last) for one in windows(campaign, mine[0], mine[-1], _anywhere(campaign, areas))]
    yield from (day for day in mine if any(first <= day <= last for first, last in due))


def _anywhere(campaign: Campaign, areas: Areas) -> tuple[str, ...]:
    """All areas that the campaign's rules name: a day on which it is due anywhere counts."""
    return tuple(
        sorted(
            {
                area
                for area in (*campaign.areas, *(area for when in campaign.when for area in when.areas))
                if area in areas
            }
        )
    )


def _stale_names(script: Script, days: Sequence[date], campaigns: Iterable[Campaign], areas: Areas) -> Iterator[Found]:
    known = [one.names for one in campaigns] + [one.names for one in areas.values()]
    every = sorted({name.text for names in known for name in names}, key=len, reverse=True)
    for names in known:
        for name in names:
            day = next((one for one in days if not name.holds_on(one)), None)
            if day is None or _held_by_all(name, names, days) or not _says(script, name.text, every):
                continue
            right = name_on(names, day)
            yield (
                Weight.BLOCKING,
                "stale-name",
                say(
                    "It says “{name}”, which is not the name on {day}, when it may be aired.{right} Use the name of that day, or set “expires” (or “not_before”) so that it airs only while the name holds.",
                    name=name.text,
                    day=day,
                    right=say(" The right one is “{right}”.", right=right.text) if right else say(""),
                ),
            )


def _held_by_all(name: DatedName, names: Sequence[DatedName], days: Sequence[date]) -> bool:
    """Whether on each day some name of the same thing with this very wording holds."""
    return all(any(one.text == name.text and one.holds_on(day) for one in names) for day in days)


def _says(script: Script, name: str, every: Sequence[str]) -> bool:
    """Whether the script names it as of today, and not only as a part of a longer name."""
    longer = [one for one in every if name in one and one != name]
    for sentence in _sentences(script):
        rest = sentence
        for one in longer:
            rest = re.sub(re.escape(one), "", rest, flags=re.IGNORECASE)
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest, re.IGNORECASE) and not SPEAKS_OF_THE_PAST.search(
            sentence
        ):
            return True
    return False


def _superseded(script: Script, days: Sequence[date], documents: Iterable[Document]) -> Iterator[Found]:
    cited = " ; ".join(script.sources)
    for document in documents:
        day = next((one for one in days if not document.is_in_force_on(one)), None)
        if day is None:
            continue
        ways = re.compile(
            "|".join(rf"(?<![\w/]){re.escape(way)}(?![\w/-])" for way in (document.number, *document.also)),
            re.IGNORECASE,
        )
        in_text = any(
            ways.search(sentence) and not SPEAKS_OF_THE_PAST.search(sentence) for sentence in _sentences(script)
        )
        if not in_text and not ways.search(cited):
            continue
        yield Weight.BLOCKING, "superseded", _not_in_force(document, day)


def _not_in_force(document: Document, day: date) -> Sentence:
    if document.since and day < document.since:
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


def _relative_days(script: Script) -> Iterator[Found]:
    found = RELATIVE_DAYS.search(script.text)
    if found:
        yield (
            Weight.TO_WEIGH,
            "relative-day",
            say(
                "It says “{words}” and may be aired on several days. Name the day, or let it expire on that day.",
                words=found[0],
            ),
        )


def _sentences(script: Script) -> list[str]:
    whole = "\n".join((script.title, script.summary, script.text))
    return re.split(r"(?<=[.!?…])\s+|\n+", whole)
