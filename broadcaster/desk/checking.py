"""The verb `check`: every finding of content and schedules, without a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from broadcaster.desk.desk import Tell
from broadcaster.desk.machines import Reader
from broadcaster.desk.newsroom import read_files, sample
from broadcaster.desk.workspace import Workspace, read_workspace, unreadable
from broadcaster.forms import did_you_mean
from broadcaster.newsroom import check as newsroom_check
from broadcaster.newsroom.script_file import first_line, line_of
from broadcaster.planning.campaign import campaign_findings
from broadcaster.planning.plan import plan_findings
from broadcaster.settings import Settings
from broadcaster.stations.station import station_findings
from broadcaster.studio.reading import read_own_names
from broadcaster.types import Finding, Kind, Weight
from broadcaster.words import say


def check(root: Path, settings: Settings, days: Sequence[date], tell: Tell) -> tuple[Finding, ...]:
    """All findings: files that cannot be taken, and of the rest, names and laws judged on `days`, readings, and what the clocks name."""
    wrong = [
        Finding(Weight.BLOCKING, "file", _place(error.sentence.values), error.sentence) for error in unreadable(root)
    ]
    read, findings = read_files(root, "")
    if wrong:
        return (*wrong, *findings)
    workspace = read_workspace(root)
    findings += [finding for plan in workspace.plans.values() for finding in plan_findings(plan)]
    findings += [
        finding
        for one in workspace.campaigns.values()
        for finding in campaign_findings(one, tuple(workspace.plans.values()), workspace.areas)
    ]
    findings += [finding for one in workspace.stations.values() for finding in station_findings(one, days)]
    findings += _clocks(workspace, {script.id for script in read if script.kind is Kind.LEAD_IN})
    findings += _sessions(workspace)
    findings += _own_names(workspace)
    read_aloud = Reader(root, settings)
    plans = tuple(workspace.plans.values())
    for number, (script, place) in enumerate(read.items()):
        if number % 10 == 0:
            tell(say("Checking scripts"), number, len(read))
        findings += newsroom_check.check(
            script,
            place=place,
            days=days,
            campaigns=workspace.campaigns,
            documents=workspace.documents,
            areas=workspace.areas,
            plans=plans,
        )
        head = first_line((root / place).read_text("utf-8"))
        for finding in read_aloud(sample(script), script.areas).findings:
            line = head + (line_of(script.text, finding.span[0]) if finding.span else 1) - 1
            findings.append(replace(finding, place=f"{place}:{line}"))
    tell(say("Checking scripts"), len(read), len(read))
    return tuple(findings)


def _clocks(workspace: Workspace, lead_ins: set[str]) -> list[Finding]:
    findings = []
    for clock in workspace.clocks.values():
        place = f"schedules/clocks/{clock.slug}.toml"
        for script in clock.lead_ins:
            if script not in lead_ins:
                sentence = say("The clock names the lead-in “{script}”, and no script file has that id.", script=script)
                findings.append(Finding(Weight.TO_WEIGH, "clock", place, sentence))
        for sound in clock.sounds:
            if sound not in workspace.sounds:
                sentence = say(
                    "The sound “{name}” is not there. Put it into content/sounds, or take it out of the clock.",
                    name=sound,
                )
                findings.append(Finding(Weight.BLOCKING, "clock", place, sentence))
    return findings


def _sessions(workspace: Workspace) -> list[Finding]:
    return [
        Finding(
            Weight.TO_WEIGH,
            "clock",
            f"schedules/stations/{station.slug}.toml",
            say(
                "The session at {start} lasts {minutes} minutes, and its clock “{clock}” is made for {made}.",
                start=rule.start,
                minutes=rule.minutes,
                clock=clock.name,
                made=clock.minutes,
            ),
        )
        for station in workspace.stations.values()
        for rule in station.sessions
        if (clock := workspace.clocks[rule.clock]).minutes != rule.minutes
    ]


def _own_names(workspace: Workspace) -> list[Finding]:
    folder = workspace.root / "content" / "lexicon"
    return [
        Finding(
            Weight.TO_WEIGH,
            "lexicon",
            f"content/lexicon/areas/{area}.tsv",
            say(
                "There is no area “{area}”, so nobody reads by this file.{hint}",
                area=area,
                hint=did_you_mean(area, workspace.areas),
            ),
        )
        for area in read_own_names(folder)
        if area not in workspace.areas
    ]


def _place(values: tuple[tuple[str, object], ...]) -> str:
    return next((str(value) for key, value in values if key in ("place", "file")), "schedules")
