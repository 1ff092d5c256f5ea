"""Publishing's verb: gather an edition of what is released and approved, and write its tree."""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from broadcaster.desk import manifests, outlines
from broadcaster.desk.desk import Desk
from broadcaster.desk.outlines import Firsts, Kept
from broadcaster.desk.rendering import Renderer, StationRows, StationTask
from broadcaster.desk.sounds import sound_path
from broadcaster.errors import Unavailable
from broadcaster.files import only_one, sha256
from broadcaster.newsroom.approval import State
from broadcaster.planning.calendar import next_window
from broadcaster.planning.campaign import Campaign
from broadcaster.publishing.campaign_year import CampaignYear, campaign_year
from broadcaster.publishing.channel import Channels
from broadcaster.publishing.disk import ROOT, Part, write_parts
from broadcaster.publishing.edition import Article, CampaignCard, Edition, StationCard
from broadcaster.publishing.outline import Outline, instant, outline
from broadcaster.publishing.tree import Whole, Written, frame_of, key_of, station_keys
from broadcaster.stations.area import name_on
from broadcaster.stations.station import Station
from broadcaster.store import bulletins, programme, scripts, work
from broadcaster.store.programme import NamedDay
from broadcaster.store.scripts import Standing
from broadcaster.studio.bulletin import Bulletin, Recipe
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.timekeeping import moment as at
from broadcaster.types import Kind, Milliseconds, Sha256
from broadcaster.types import name_on as dated_name_on
from broadcaster.words import say

TREE = "tree"
"""The kind of job whose key is a folder that a tree is to be written to."""
Sounds = Mapping[Sha256, tuple[Bulletin, Recipe]]


def publish(
    desk: Desk,
    folder: Path,
    *,
    moment: datetime,
    first: date | None = None,
    last: date | None = None,
    is_quick: bool = False,
) -> Written:
    """Write the tree of all released days (or those from `first` to `last`) as it is to be seen at `moment`; unchanged files stay untouched.

    Only what changed since the last publication is rendered. `is_quick`: only that is looked at too; else every file of the tree is, and
    what another hand damaged is made again.
    """
    with desk.database.writing() as session:
        work.intend(session, TREE, [str(folder.resolve())], now())
        jobs = work.take_over(session, TREE, [str(folder.resolve())], now())
    with only_one(desk.data / "publish.lock"):
        desk.tell(say("Writing the published tree"), 0, 1)
        gathered = _gather(desk, moment, first, last)
        written = write_parts(
            folder, gathered.parts(), desk.sound_folder, is_quick=is_quick, each=gathered.renderer.each
        )
        if gathered.kept != gathered.before:
            outlines.keep(desk.data, gathered.kept)
        if first:
            manifests.renew(desk, folder, at(first, time()), last=last)
        else:
            manifests.renew(desk, folder, moment)
        desk.tell(say("Writing the published tree"), 1, 1)
    with desk.database.writing() as session:
        for job in jobs:
            work.done(session, job)
    if written.missing:
        raise Unavailable(
            say(
                "{count} sounds that were promised are missing from the data folder, the first is {first}. Run “broadcaster produce”, then publish again.",
                count=len(written.missing),
                first=written.missing[0],
            )
        )
    return written


@dataclass(frozen=True)
class _Gathered:
    """An edition, and of each station's days the names and the outline; `before` is what the last publication kept of the same, and `past`
    when each station first aired each script before the day `past_until`."""

    desk: Desk
    edition: Edition
    names: Mapping[str, tuple[NamedDay, ...]]
    outlines: Mapping[str, Outline]
    withdrawn: frozenset[str]
    before: Kept
    past: Mapping[str, Firsts]
    past_until: date | None

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.desk.database, self.edition, self.withdrawn)

    def parts(self) -> Iterator[Part]:
        """The tree, station by station, the rest of it at the end."""
        frame = frame_of(self.edition)
        entries = Channels(self.edition).entries
        shown = {article.script: key_of(article.is_withdrawn, entry) for article, entry in entries.items()}
        for card in self.edition.stations:
            names, known = self.names.get(card.slug, ()), self.outlines[card.slug]
            gone = self._gone(known)
            carried = tuple(known.first)
            if not self.withdrawn.isdisjoint(carried):
                carried = tuple(script for script, start in known.first.items() if self._is_carried(script, start))
            key = key_of(frame, card, known.named, known.since, gone, [*map(shown.get, carried)])
            rows = StationRows(card, tuple(one.row for one in names), carried)
            keys = partial(_station_keys, frame, card, gone, names)
            yield Part(f"stations/{card.slug}", key, keys, StationTask(rows, self.renderer))
        hours = {slug: one.bare_day(slug, broadcast_day(self.edition.moment)) for slug, one in self.outlines.items()}
        whole = Whole(self.edition, hours, self._told, self._carriers())
        yield Part(ROOT, "", whole.keys, whole.made)

    def _gone(self, known: Outline) -> tuple[object, ...]:
        """What was withdrawn of a station's days and is yet to come; it comes back as its time passes, so the time decides too."""
        gone = sorted(self.withdrawn & known.ahead)
        return (known.since, *gone) if gone else ()

    def _is_carried(self, script: str, start: int) -> bool:
        return script not in self.withdrawn or start <= self.edition.moment.timestamp()

    def _told(self, article: Article) -> Article:
        carried = [
            (slug, instant(start))
            for slug, firsts in self._firsts.items()
            if (start := firsts.get(article.script)) and self._is_carried(article.script, start)
        ]
        return replace(article, stations=tuple(sorted(carried)))

    @cached_property
    def _firsts(self) -> dict[str, Firsts]:
        """When each station aired each script for the first time ever."""
        return {
            slug: {**one.first, **past} if (past := self.past.get(slug)) else one.first
            for slug, one in self.outlines.items()
        }

    def _carriers(self) -> dict[str, str]:
        """The fingerprint of the stations that carry each script."""
        carried: dict[str, array[int]] = {}
        for place, firsts in enumerate(self._firsts.values()):
            for script, start in firsts.items():
                carried.setdefault(script, array("q")).extend((place, start))
        stations = key_of(list(self.outlines))
        return {script: sha256(stations.encode() + there.tobytes()) for script, there in carried.items()}

    @property
    def kept(self) -> Kept:
        """What the next publication may begin with."""
        known = self if self.past_until else self.before
        return Kept(self.outlines, known.past, known.past_until)


def _station_keys(
    frame: str, card: StationCard, gone: tuple[object, ...], names: Sequence[NamedDay]
) -> Mapping[str, str]:
    return station_keys(key_of(frame, card, gone), [(one.day, one.name) for one in names])


def _gather(desk: Desk, moment: datetime, first: date | None, last: date | None) -> _Gathered:
    """The edition for `moment`: released days by their names, stations, campaigns, and the articles that any of the days carries."""
    today = broadcast_day(moment)
    oldest = today - timedelta(days=31 * desk.settings.audio_months)
    stations = desk.workspace.stations
    with desk.database.reading() as session:
        found = programme.named(session, first or oldest, last or date.max)
        standings = {one.newest.script.id: one for one in scripts.standings(session)}
        made = bulletins.all_by_sound(session)
    withdrawn = frozenset(script for script, one in standings.items() if one.on_air is None)
    names = {slug: found.get(slug, ()) for slug in sorted(stations)}
    before = outlines.read(desk.data)
    known = _outlined(desk, names, before.outlines, moment)
    past, past_until = ({}, None) if first else (_past(desk, before, oldest), oldest)
    edition = Edition(
        public_url=desk.settings.public_url,
        moment=moment,
        language=desk.settings.language,
        stations=tuple(_station(desk, station, today) for station in stations.values()),
        campaigns=tuple(
            card for one in desk.workspace.campaigns.values() if (card := _campaign(one, today, desk.settings.language))
        ),
        days=(),
        articles=_articles(desk, known, past, withdrawn, standings, made, moment),
        calendars=_calendars(desk, today.year),
        is_trial=desk.is_trial,
        since=min((one.first_day for one in known.values() if one.first_day), default=None),
    )
    return _Gathered(desk, edition, names, known, withdrawn, before, past, past_until)


def _past(desk: Desk, before: Kept, until: date) -> Mapping[str, Firsts]:
    """When each station first aired each script on the days before `until`; what the last publication kept of it is read no more."""
    is_kept = before.past_until is not None and before.past_until <= until
    since = before.past_until if is_kept and before.past_until else date.min
    if since == until:
        return before.past
    past = {slug: dict(firsts) for slug, firsts in before.past.items()} if is_kept else {}
    with desk.database.reading() as session:
        for slug, days in programme.named(session, since, until - timedelta(days=1)).items():
            firsts = past.setdefault(slug, {})
            for one in programme.outlines_in(session, [day.row for day in days]):
                for start, script, kind in one.heard:
                    if kind is not Kind.LEAD_IN:
                        firsts[script] = min(start, firsts.get(script, start))
    return past


def _outlined(
    desk: Desk, names: Mapping[str, tuple[NamedDay, ...]], before: Mapping[str, Outline], moment: datetime
) -> dict[str, Outline]:
    """Each station's outline: the last one where it still holds, else from its days."""
    named = {slug: key_of(days) for slug, days in names.items()}
    known = {
        slug: last
        for slug, name in named.items()
        if (last := before.get(slug)) and last.named == name and last.holds_at(moment)
    }
    unknown = [slug for slug in names if slug not in known]
    with desk.database.reading() as session:
        read = programme.outlines_in(session, [one.row for slug in unknown for one in names[slug]])
        for slug in unknown:
            known[slug] = outline(named[slug], list(islice(read, len(names[slug]))), moment)
    return {slug: known[slug] for slug in names}


def _articles(
    desk: Desk,
    known: Mapping[str, Outline],
    past: Mapping[str, Firsts],
    withdrawn: Collection[str],
    standings: Mapping[str, Standing],
    made: Sounds,
    moment: datetime,
) -> tuple[Article, ...]:
    now, first = moment.timestamp(), dict[str, int]()
    shown = [one.first for one in known.values()]
    for firsts in (*shown, *past.values()):
        for script, start in firsts.items():
            if start < first.get(script, start + 1) and (script not in withdrawn or start <= now):
                first[script] = start
    aired_lately = frozenset(script for firsts in shown for script in firsts)
    articles = [
        article if script in aired_lately else _without_lost_sound(desk, article)
        for script, start in first.items()
        if script in standings and (article := _article(standings[script], instant(start), made))
    ]
    return tuple(sorted(articles, key=lambda article: (article.first_at, article.script)))


def _without_lost_sound(desk: Desk, article: Article) -> Article:
    """An article of days that are shown no more: where its sound was let go of, its words stay."""
    if article.sha256 is None or sound_path(desk, article.sha256).exists():
        return article
    return replace(article, sha256=None)


def _article(standing: Standing, first_at: datetime, made: Sounds) -> Article | None:
    """A script as the portal shows it, the stations that carry it aside."""
    approval = standing.approval
    is_withdrawn = standing.on_air is None
    revision = standing.on_air or standing.newest
    last = approval or (standing.steps[-1] if standing.steps else None)
    if last is None or (is_withdrawn and last.state is not State.WITHDRAWN):
        return None
    bulletin, recipe = (
        made.get(approval.bound.sound, (None, None)) if approval and approval.bound.sound else (None, None)
    )
    script = revision.script
    return Article(
        script=script.id,
        revision=revision.number,
        title=script.title,
        kind=script.kind,
        summary=script.summary,
        text=script.text,
        spoken=" ".join(one.text for one in recipe.utterances) if recipe else "",
        author=script.author,
        campaign=script.campaign,
        clauses=script.clauses,
        sources=script.sources,
        sha256=bulletin.sha256 if bulletin else None,
        size=bulletin.size if bulletin else 0,
        length=bulletin.length if bulletin else Milliseconds(0),
        cues=bulletin.cues if bulletin else (),
        approved_at=last.at,
        approved_by=last.by,
        voice=bulletin.voice if bulletin else "",
        stood_in=bulletin.stood_in if bulletin else "",
        first_at=first_at,
        stations=(),
        is_withdrawn=is_withdrawn,
    )


def _station(desk: Desk, station: Station, today: date) -> StationCard:
    language = desk.settings.language
    name, area = dated_name_on(station.names, today), name_on(desk.workspace.areas, station.area, today)
    operator = dated_name_on(station.operators, today)
    doubtful = [
        (say("its sessions"), not all(rule.is_confirmed for rule in station.sessions)),
        (say("its allowed hours"), not station.airtime.is_confirmed),
        (say("its clusters"), not all(cluster.is_confirmed for cluster in station.clusters)),
        (
            say("its name since {day}", day=name.since) if name and name.since else say("its name"),
            bool(name) and not (name and name.is_confirmed),
        ),
        (say("who runs it"), bool(operator) and not (operator and operator.is_confirmed)),
    ]
    return StationCard(
        slug=station.slug,
        name=name.text if name else station.slug,
        area_name=area.text if area else station.area,
        operator=operator.text if operator else "",
        unconfirmed=tuple(what.into(language) for what, is_so in doubtful if is_so),
    )


def _calendars(desk: Desk, year: int) -> tuple[CampaignYear, CampaignYear]:
    campaigns = desk.workspace.campaigns.values()
    return campaign_year(campaigns, year), campaign_year(campaigns, year + 1)


def _campaign(campaign: Campaign, today: date, language: str) -> CampaignCard | None:
    due = next_window(campaign, today)
    if due is None:
        return None
    when = say("all year") if campaign.is_column else say("{first} to {last}", first=due.first, last=due.last)
    return CampaignCard(campaign.slug, due.name, when.into(language), campaign.is_column)
