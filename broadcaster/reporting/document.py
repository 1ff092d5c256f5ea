"""The report as a document: figures for machines, rows for people."""

from collections.abc import Iterator
from typing import Any

from broadcaster.planning.plan import Plan
from broadcaster.reporting.account import Account, Figure
from broadcaster.reporting.airing import Evidence, Outcome
from broadcaster.words import Sentence, say


def as_json(account: Account, plans: tuple[Plan, ...]) -> dict[str, Any]:
    """The account with stable order: every figure with its airings by outcome, every promise with its days, every clause of the plans
    (those that nothing served too), and what the plans ask of others than the radio, which is not counted here."""
    return {
        "first": account.first.isoformat(),
        "last": account.last.isoformat(),
        "figures": [_figure(one) for one in account.figures.values()],
        "promises": [
            {
                "campaign": one.campaign,
                "station": one.station,
                "due_days": len(one.due),
                "heard_days": len(one.heard),
                "unknown_days": len(one.unknown),
                "missed_days": [day.isoformat() for day in one.due if day not in one.heard and day not in one.unknown],
            }
            for one in account.promises
        ],
        "plans": [
            {
                "number": plan.number,
                "report_before": plan.report_before.isoformat(),
                "clauses": [
                    {
                        "id": clause.id,
                        "heard": figure.heard if (figure := account.figures.get(f"clause/{clause.id}")) else 0,
                    }
                    for clause in plan.clauses
                ],
                "not_counted_here": [
                    {"clause": one.clause, "organisation": one.organisation, "text": one.text}
                    for one in plan.obligations
                    if not one.is_radio
                ],
            }
            for plan in plans
        ],
    }


def rows(account: Account, kind: str) -> Iterator[tuple[object, ...]]:
    """The figures of one kind (clause, campaign, station, month) as a person reads them: name, planned, heard, partial, missed,
    pre-empted, unknown, minutes, share of clusters."""
    for name, one in account.figures.items():
        if name.startswith(f"{kind}/"):
            yield (
                name.partition("/")[2],
                one.planned,
                one.heard,
                *(
                    one.outcomes.get(o, 0)
                    for o in (Outcome.PARTIAL, Outcome.MISSED, Outcome.PRE_EMPTED, Outcome.UNKNOWN)
                ),
                round(one.seconds / 60),
                say("{heard} of {all}", heard=len(one.heard_at), all=len(one.clusters)),
            )


def outcome_words(outcome: Outcome) -> Sentence:
    """An outcome in words."""
    return {
        Outcome.AIRED: say("aired"),
        Outcome.LATE: say("aired late"),
        Outcome.PARTIAL: say("aired in part"),
        Outcome.MISSED: say("missed"),
        Outcome.PRE_EMPTED: say("pre-empted"),
        Outcome.UNKNOWN: say("unknown"),
        Outcome.UNPLANNED: say("unplanned"),
    }[outcome]


def reason_words(reason: str) -> Sentence | str:
    """A reason in words, where it is one that receivers and reconciling give; a person's own words as they are."""
    known = {
        "silence": say("an order to stay still"),
        "stopped": say("stopped on the spot"),
        "alert": say("an emergency bulletin went first"),
        "off": say("the receiver was off"),
        "clock": say("the receiver's clock was not trusted"),
        "no-sound": say("its sound was not there"),
        "late": say("it was too late to begin"),
        "own-hours": say("outside the hours set at the receiver"),
        "player": say("the player ended early"),
        "wall": say("the end of the allowed hours"),
        "withdrawn": say("it was withdrawn"),
    }
    return known.get(reason, reason)


def evidence_words(evidence: Evidence) -> Sentence:
    """Who says so, in words."""
    return {
        Evidence.RECEIVER: say("the receiver says so"),
        Evidence.OPERATOR: say("an operator says so"),
        Evidence.NONE: say("nobody says so"),
    }[evidence]


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "id": one.id,
        "planned": one.planned,
        "heard": one.heard,
        "outcomes": {outcome.value: one.outcomes[outcome] for outcome in Outcome if outcome in one.outcomes},
        "seconds": round(one.seconds),
        "clusters": len(one.clusters),
        "clusters_heard": len(one.heard_at),
    }
