"""Publishing's verb: gather an edition of what is released and approved, and write its tree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from broadcaster.desk import manifests
from broadcaster.desk.desk import Desk
from broadcaster.errors import Unavailable
from broadcaster.files import only_one
from broadcaster.newsroom.approval import State
from broadcaster.planning.calendar import next_window
from broadcaster.planning.campaign import Campaign
from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing.campaign_year import CampaignYear, campaign_year
from broadcaster.publishing.edition import Article, CampaignCard, Edition, StationCard
from broadcaster.publishing.tree import Written, render, write_tree
from broadcaster.stations.area import name_on
from broadcaster.stations.station import Station
from broadcaster.store import bulletins, programme, scripts, work
from broadcaster.store.scripts import Standing
from broadcaster.studio.bulletin import Bulletin, Recipe
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.timekeeping import moment as at
from broadcaster.types import Kind, Milliseconds, Sha256
from broadcaster.types import name_on as dated_name_on
from broadcaster.words import say

TREE = "tree"
"""The kind of job whose key is a folder that a tree is to be written to."""
Made = Mapping[Sha256, tuple[Bulletin, Recipe]]


def publish(
    desk: Desk, folder: Path, *, moment: datetime, first: date | None = None, last: date | None = None
) -> Written:
    """Write the tree of all released days (or those from `first` to `last`) as it is to be seen at `moment`; unchanged files stay untouched."""
    with desk.database.writing() as session:
        work.intend(session, TREE, [str(folder.resolve())], now())
        jobs = work.take_over(session, TREE, [str(folder.resolve())], now())
    edition = gather(desk, moment=moment, first=first, last=last)
    desk.tell(say("Writing the published tree"), 0, 1)
    with only_one(desk.data / "publish.lock"):
        written = write_tree(folder, render(edition), desk.sound_folder)
    ahead = _ahead(desk, edition.days, first, moment)
    manifests.renew(desk, folder, lambda: ahead, at(first, time()) if first else moment)
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


def renew_manifests(desk: Desk, folder: Path, moment: datetime, *, orders_only: bool = False) -> Mapping[str, int]:
    """Write what the receivers must know now, without the rest of the tree; `orders_only`: for alerts and silences, which cannot wait."""

    def days() -> Mapping[str, Sequence[ReleasedDay]]:
        today = broadcast_day(moment)
        with desk.database.reading() as session:
            released = programme.released(session, today, today + timedelta(days=desk.settings.days_ahead))
            standings = scripts.standings(session)
        withdrawn = {one.newest.script.id for one in standings if one.on_air is None}
        ahead = [_without(withdrawn, day, moment) for day in released.values()]
        return _ahead(desk, ahead, None, moment)

    return manifests.renew(desk, folder, days, moment, orders_only=orders_only)


def gather(desk: Desk, *, moment: datetime, first: date | None = None, last: date | None = None) -> Edition:
    """The edition for `moment`: released days, stations, campaigns, and the articles that any of the days carries."""
    today = broadcast_day(moment)
    oldest = today - timedelta(days=31 * desk.settings.audio_months)
    with desk.database.reading() as session:
        released = programme.released(session, first or oldest, last or date.max)
        standings = {one.newest.script.id: one for one in scripts.standings(session)}
        made = bulletins.all_by_sound(session)
    withdrawn = {script for script, one in standings.items() if one.on_air is None}
    days = tuple(
        _without(withdrawn, day, moment) for day in released.values() if day.station in desk.workspace.stations
    )
    return Edition(
        public_url=desk.settings.public_url,
        moment=moment,
        language=desk.settings.language,
        stations=tuple(_station(desk, station, today) for station in desk.workspace.stations.values()),
        campaigns=tuple(
            card for one in desk.workspace.campaigns.values() if (card := _campaign(one, today, desk.settings.language))
        ),
        days=days,
        articles=_articles(days, standings, made),
        calendars=_calendars(desk, today.year),
        is_trial=desk.is_trial,
    )


def _ahead(
    desk: Desk, days: Sequence[ReleasedDay], first: date | None, moment: datetime
) -> dict[str, list[ReleasedDay]]:
    """Each station's days for its manifest: those that were named, or from today the days ahead."""
    today = first or broadcast_day(moment)
    last = date.max if first else today + timedelta(days=desk.settings.days_ahead)
    ahead: dict[str, list[ReleasedDay]] = {}
    for one in days:
        if today <= one.day <= last:
            ahead.setdefault(one.station, []).append(one)
    return ahead


def _without(withdrawn: Collection[str], day: ReleasedDay, moment: datetime) -> ReleasedDay:
    """A released day as it may still be put out: what was withdrawn since and is yet to come leaves at once, without waiting for a release."""
    sessions = tuple(
        replace(one, items=tuple(item for item in one.items if item.script not in withdrawn or item.start <= moment))
        for one in day.sessions
    )
    return replace(day, sessions=sessions)


def _articles(days: Sequence[ReleasedDay], standings: Mapping[str, Standing], made: Made) -> tuple[Article, ...]:
    first: dict[str, dict[str, datetime]] = {}
    for day in days:
        for session in day.sessions:
            for item in session.items:
                if item.script and item.kind is not Kind.LEAD_IN:
                    stations = first.setdefault(item.script, {})
                    stations[day.station] = min(item.start, stations.get(day.station, item.start))
    articles = [
        article
        for script, stations in first.items()
        if script in standings and (article := _article(standings[script], stations, made))
    ]
    return tuple(sorted(articles, key=lambda article: (article.first_at, article.script)))


def _article(standing: Standing, stations: Mapping[str, datetime], made: Made) -> Article | None:
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
        first_at=min(stations.values()),
        stations=tuple(sorted(stations.items())),
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
