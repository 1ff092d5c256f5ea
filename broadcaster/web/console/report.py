"""The report's pages: promised and done in figures and bars, each figure opening down to its airings, and the same as files."""

import csv
import io
import json
from dataclasses import dataclass
from itertools import islice

from fastapi import APIRouter, Depends, Response

from broadcaster.desk import reporting
from broadcaster.errors import NotFound, WrongUsage
from broadcaster.reporting.account import Account, Figure, Kept
from broadcaster.reporting.airing import Outcome
from broadcaster.reporting.document import as_json, outcome_words
from broadcaster.stations.officer import Ability
from broadcaster.timekeeping import broadcast_day
from broadcaster.web.console.visit import Console, Visit
from broadcaster.words import Sentence, say

REPORTS = {"x-who": Ability.REPORTS.value}
SHOWN = 200
"""Airings that a page lists; the file holds all."""
KINDS = ("clause", "campaign", "station", "month")


@dataclass(frozen=True)
class Bar:
    """One line of a chart: shares of what was planned, in percent."""

    name: str
    label: str
    figure: Figure
    heard: float
    unknown: float
    missed: float


@dataclass(frozen=True)
class Promise:
    """What was promised of a campaign, in days of one station each, and on how many of them it was heard, or nobody knows."""

    campaign: str
    stations: int
    due: int
    heard: int
    unknown: int


def add_report(api: APIRouter, console: Console) -> None:
    reports = Depends(console.visit(Ability.REPORTS))

    @api.get("/report", openapi_extra=REPORTS, summary="Promised and done in a year")
    def report(year: str = "", visit: Visit = reports) -> Response:
        chosen = _year(visit, year)
        made, plans = reporting.report(visit.desk, chosen, visit.at)
        bars = {
            kind: [_bar(visit, one) for one in made.figures.values() if one.id.startswith(f"{kind}/")] for kind in KINDS
        }
        return visit.page(
            "report.html",
            year=chosen,
            account=made,
            plans=plans,
            bars=bars,
            promises=_promises(made),
            kinds={kind: kind_words(kind) for kind in KINDS},
            all=made.figures.get("all"),
        )

    @api.get("/report/airings", openapi_extra=REPORTS, summary="The airings behind one figure")
    def airings(figure: str, year: str = "", visit: Visit = reports) -> Response:
        chosen = _year(visit, year)
        found = list(islice(reporting.counted(visit.desk, chosen, figure), SHOWN + 1))
        if not found:
            raise NotFound(say("No airing counts in “{figure}” in {year}.", figure=figure, year=chosen))
        return visit.page(
            "figure.html",
            year=chosen,
            figure=figure,
            label=_label(visit, figure),
            airings=found[:SHOWN],
            more=len(found) > SHOWN,
        )

    @api.get("/report/{year}.json", openapi_extra=REPORTS, summary="The year's report as JSON")
    def as_file(year: str, visit: Visit = reports) -> Response:
        chosen = _year(visit, year)
        made, plans = reporting.report(visit.desk, chosen, visit.at)
        content = json.dumps(as_json(made, plans), ensure_ascii=False, indent=1) + "\n"
        return _file(content, "application/json", f"bao-cao-{chosen}.json")

    @api.get("/report/{year}.csv", openapi_extra=REPORTS, summary="The year's figures as CSV")
    def as_table(year: str, visit: Visit = reports) -> Response:
        chosen = _year(visit, year)
        made, _ = reporting.report(visit.desk, chosen, visit.at)
        into = io.StringIO()
        rows = csv.writer(into)
        heads = [
            say("figure"),
            say("planned"),
            *(outcome_words(one) for one in Outcome),
            say("minutes"),
            say("clusters"),
            say("clusters heard"),
        ]
        rows.writerow([one.into(visit.language) for one in heads])
        for one in made.figures.values():
            counts = [one.outcomes.get(outcome, 0) for outcome in Outcome]
            rows.writerow(
                [_fenced(one.id), one.planned, *counts, round(one.seconds / 60), len(one.clusters), len(one.heard_at)]
            )
        return _file("\ufeff" + into.getvalue(), "text/csv; charset=utf-8", f"bao-cao-{chosen}.csv")


def kind_words(kind: str) -> Sentence:
    """What figures are counted by, in words."""
    return {
        "clause": say("By clause"),
        "campaign": say("By campaign"),
        "station": say("By station"),
        "month": say("By month"),
    }[kind]


def _year(visit: Visit, text: str) -> int:
    if not text:
        return broadcast_day(visit.at).year
    if not (text.isdecimal() and len(text) == 4 and text[0] == "2"):
        raise WrongUsage(say("“{text}” is not a year.", text=text))
    return int(text)


def _bar(visit: Visit, one: Figure) -> Bar:
    of = max(one.planned, 1)
    unknown = one.outcomes.get(Outcome.UNKNOWN, 0)
    return Bar(
        one.id,
        _label(visit, one.id),
        one,
        round(100 * one.heard / of, 1),
        round(100 * unknown / of, 1),
        round(100 * (one.planned - one.heard - unknown) / of, 1),
    )


def _promises(made: Account) -> list[Promise]:
    """By campaign, over all stations."""
    by_campaign: dict[str, list[Kept]] = {}
    for one in made.promises:
        by_campaign.setdefault(one.campaign, []).append(one)
    return [
        Promise(
            campaign,
            len(kept),
            sum(len(one.due) for one in kept),
            sum(len(one.heard) for one in kept),
            sum(len(one.unknown) for one in kept),
        )
        for campaign, kept in by_campaign.items()
    ]


def _label(visit: Visit, figure: str) -> str:
    """A figure's name as people know it."""
    kind, _, name = figure.partition("/")
    if kind == "station":
        return visit.station_name(name)
    if kind == "campaign":
        return visit.campaign_name(name)
    if kind == "month":
        return f"{name[5:]}/{name[:4]}"
    return name or figure


def _file(content: str, kind: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content.encode(), media_type=kind, headers=headers)


def _fenced(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
