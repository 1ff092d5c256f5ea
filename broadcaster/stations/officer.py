"""Officers (cán bộ): who signs in, and what each may do where."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from broadcaster.errors import Refused, WrongUsage
from broadcaster.forms import did_you_mean
from broadcaster.stations.area import Areas, covers
from broadcaster.words import Sentence, say

INVITATION_LIVES = timedelta(days=3)
"""How long the address that lets somebody choose a password can be used, once."""
SHORTEST, LONGEST = 10, 200
"""Signs of a password (NIST SP 800-63B, 5.1.1: length, and no rule about kinds of signs)."""


class Ability(StrEnum):
    """What somebody may do: soạn, duyệt, vận hành, ra lệnh khẩn cấp, báo cáo, quản trị."""

    WRITES = "writes"
    APPROVES = "approves"
    OPERATES = "operates"
    ALERTS = "alerts"
    REPORTS = "reports"
    ADMINISTERS = "administers"


@dataclass(frozen=True)
class Grant:
    """One ability in one area and all below it; no area: everywhere."""

    ability: Ability
    area: str | None = None

    def __str__(self) -> str:
        return f"{self.ability}:{self.area}" if self.area else str(self.ability)


@dataclass(frozen=True)
class Officer:
    """Somebody who signs in as `login` and acts as `name`; no two have the same name, for the author never approves.

    `sessions` counts up when all that were signed in must sign in again. `left_at`: since when they may do nothing more.
    """

    login: str
    name: str
    grants: tuple[Grant, ...]
    sessions: int = 0
    has_password: bool = False
    left_at: datetime | None = None

    def may(self, ability: Ability) -> bool:
        """Whether they may do it anywhere at all."""
        return any(one.ability is ability for one in self.grants)

    def may_in(self, ability: Ability, wanted: Collection[str], areas: Areas, day: date) -> bool:
        """Whether they may do it in each of the areas `wanted`; none: everywhere."""
        granted = [one.area for one in self.grants if one.ability is ability]
        if None in granted:
            return True
        own = [area for area in granted if area]
        return bool(own) and bool(wanted) and all(covers(areas, own, one, day) for one in wanted)

    def areas(self, ability: Ability) -> tuple[str, ...]:
        """Where they may do it; none where they may do it everywhere (or nowhere: ask `may` first)."""
        granted = [one.area for one in self.grants if one.ability is ability]
        return () if None in granted else tuple(area for area in granted if area)


@dataclass(frozen=True)
class Invitation:
    """A one-time right to choose a password, given to somebody by `by`; of its code only the sha256 is kept."""

    login: str
    by: str
    at: datetime


def usable(invitation: Invitation | None, at: datetime) -> Invitation:
    """The invitation, if it may be used. Raises Refused without telling which of the reasons it is."""
    if invitation is None or not invitation.at <= at < invitation.at + INVITATION_LIVES:
        raise Refused(
            say("This address is unknown, used or older than three days. Ask an administrator for a new invitation.")
        )
    return invitation


def new_invitation_code() -> str:
    """The end of an address that only the invited one is to know: 192 random bits."""
    return secrets.token_urlsafe(24)


def read_grants(texts: Sequence[str], areas: Areas) -> tuple[Grant, ...]:
    """Grants as people write them: `writes`, `approves:cat-ba`. Raises WrongUsage naming what is unknown."""
    found = []
    for text in texts:
        ability, _, area = text.partition(":")
        if ability not in list(Ability):
            raise WrongUsage(
                say(
                    "There is no ability “{ability}”.{hint} There are {known}.",
                    ability=ability,
                    hint=did_you_mean(ability, [str(one) for one in Ability]),
                    known=tuple(str(one) for one in Ability),
                )
            )
        if area and area not in areas:
            raise WrongUsage(
                say(
                    "There is no {what} “{slug}”.{hint}",
                    what=say("area"),
                    slug=area,
                    hint=did_you_mean(area, list(areas)),
                )
            )
        found.append(Grant(Ability(ability), area or None))
    return tuple(dict.fromkeys(found))


def ability_words(ability: Ability) -> Sentence:
    """An ability in words."""
    return {
        Ability.WRITES: say("writes scripts"),
        Ability.APPROVES: say("approves scripts"),
        Ability.OPERATES: say("runs the programme and the receivers"),
        Ability.ALERTS: say("sends and confirms alerts"),
        Ability.REPORTS: say("reads the reports"),
        Ability.ADMINISTERS: say("administers people"),
    }[ability]
