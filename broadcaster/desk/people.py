"""The verbs of people: invite somebody, let them choose a password, sign them in, change what they may do, let them go."""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from broadcaster.desk.desk import Desk, Person
from broadcaster.errors import NotFound, Refused
from broadcaster.files import sha256
from broadcaster.forms import did_you_mean
from broadcaster.newsroom.approval import same_person
from broadcaster.newsroom.script_file import SLUG
from broadcaster.stations.officer import (
    LONGEST,
    SHORTEST,
    Ability,
    Grant,
    Invitation,
    Officer,
    new_invitation_code,
    read_grants,
    usable,
)
from broadcaster.store import officers as kept
from broadcaster.timekeeping import broadcast_day
from broadcaster.types import Sha256
from broadcaster.words import say

EVERYTHING = Grant(Ability.ADMINISTERS)
"""What somebody must always hold: to administer everywhere."""


@dataclass(frozen=True)
class Invited:
    """Somebody who may now choose a password at `address`, once, within three days."""

    officer: Officer
    address: str


def add(
    desk: Desk, login: str, name: str, grants: Sequence[str], *, person: Person, at: datetime, is_dry: bool = False
) -> Invited:
    """Somebody new, with an invitation. Raises Refused where the login or the name is taken, or neither can be one; WrongUsage for an unknown ability or area."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if (
        any(unicodedata.category(sign)[0] == "C" for sign in name)
        or not SLUG.fullmatch(login)
        or len(login) > 40
        or not name
        or len(name) > 80
    ):
        raise Refused(
            say("A login has small letters without tones, digits and hyphens, for example lan; and the name is needed.")
        )
    new = Officer(login, name, read_grants(grants, desk.workspace.areas))
    with desk.database.writing() as session:
        for one in kept.officers(session):
            if one.login == login or same_person(one.name, name):
                raise Refused(
                    say(
                        "{name} ({login}) is there already. Two people never share a login or a name.",
                        name=one.name,
                        login=one.login,
                    )
                )
        if is_dry:
            return Invited(new, "")
        kept.keep(session, new)
    return invite(desk, login, person=person, at=at)


def invite(desk: Desk, login: str, *, person: Person, at: datetime, is_dry: bool = False) -> Invited:
    """A new address where somebody chooses a password; the one they had stays until then. Raises NotFound, Refused for somebody who left."""
    found = officer(desk, login)
    if found.left_at:
        raise Refused(say("{name} has left. Add them anew under another login.", name=found.name))
    code = new_invitation_code()
    if not is_dry:
        with desk.database.writing() as session:
            kept.keep_invitation(session, Invitation(login, person.name, at), _hashed(code))
    return Invited(found, f"{desk.settings.public_url}/console/welcome/{code}")


def change(desk: Desk, login: str, grants: Sequence[str], *, is_dry: bool = False) -> Officer:
    """What somebody may do from now on, in place of what they might. Raises NotFound, WrongUsage, Refused where nobody would administer."""
    given = read_grants(grants, desk.workspace.areas)
    return _change(desk, login, lambda one: replace(one, grants=given), is_dry)


def leave(desk: Desk, login: str, *, at: datetime, is_dry: bool = False) -> Officer:
    """Somebody may do nothing more, at once. What they did stays on record. Raises NotFound, Refused where nobody would administer."""
    return _change(desk, login, lambda one: replace(one, grants=(), left_at=at, sessions=one.sessions + 1), is_dry)


def officers(desk: Desk) -> tuple[Officer, ...]:
    """Everybody, by login; those who left too."""
    with desk.database.reading() as session:
        return kept.officers(session)


def officer(desk: Desk, login: str) -> Officer:
    """The one of this login. Raises NotFound."""
    with desk.database.reading() as session:
        found = kept.officer(session, login)
    return found or _one(officers(desk), login)


def invited(desk: Desk, code: str, at: datetime) -> Officer:
    """Whom an invitation is for. Raises Refused where it may not be used."""
    with desk.database.reading() as session:
        given = usable(kept.invitation(session, _hashed(code)), at)
    return officer(desk, given.login)


def choose_password(desk: Desk, code: str, password: str, *, at: datetime) -> Officer:
    """Use an invitation: the password counts from now on, and whoever was signed in so must sign in again. Raises Refused."""
    found = invited(desk, code, at)
    if not SHORTEST <= len(password) <= LONGEST or password.casefold() in (found.login, found.name.casefold()):
        raise Refused(
            say(
                "A password has at least {shortest} signs. A few words in a row are easy to remember.",
                shortest=SHORTEST,
            )
        )
    hashed = _hasher().hash(password)
    with desk.database.writing() as session:
        usable(kept.invitation(session, _hashed(code)), at)
        now_known = _one(kept.officers(session), found.login)
        new = replace(now_known, sessions=now_known.sessions + 1, has_password=True)
        kept.end_invitation(session, new.login)
        kept.keep(session, new)
        kept.keep_password(session, new.login, hashed)
    return new


def sign_in(desk: Desk, login: str, password: str) -> Officer:
    """The officer whose login and password these are. Raises Refused without telling which of the two is wrong; it takes as long either way."""
    with desk.database.reading() as session:
        found, hashed = kept.officer(session, login), kept.password(session, login)
    if _is_right(hashed or _nobodys(), password) and found and hashed and not found.left_at:
        return found
    raise Refused(
        say("Login and password do not belong together. Ask an administrator for a new invitation if you forgot it.")
    )


def known_elsewhere(desk: Desk, login: str) -> Officer:
    """The officer of this login, for whom another service vouches. Raises Refused."""
    with desk.database.reading() as session:
        found = kept.officer(session, login)
    if found is None or found.left_at:
        raise Refused(say("Nobody here has the login “{login}”. Ask an administrator to add you.", login=login))
    return found


def end_sessions(desk: Desk, login: str) -> None:
    """Whoever is signed in as `login`, on any machine, must sign in again."""
    _change(desk, login, lambda one: replace(one, sessions=one.sessions + 1))


def may(desk: Desk, who: Officer, ability: Ability, wanted: Collection[str], at: datetime) -> bool:
    """Whether somebody may do it in each of the areas `wanted` (none: everywhere) today."""
    return who.may_in(ability, wanted, desk.workspace.areas, broadcast_day(at))


def _change(desk: Desk, login: str, changed: Callable[[Officer], Officer], is_dry: bool = False) -> Officer:
    """Keep what `changed` makes of an officer as they are now. Raises NotFound, Refused where nobody would administer any more."""
    with desk.database.writing() as session:
        everybody = kept.officers(session)
        before = _one(everybody, login)
        new = changed(before)
        others = (one for one in everybody if one.login != login)
        if EVERYTHING in before.grants and not any(EVERYTHING in one.grants for one in (*others, new)):
            raise Refused(
                say(
                    "Nobody would administer any more. Give somebody else that ability first: “{it}”.", it="administers"
                )
            )
        if not is_dry:
            kept.keep(session, new)
            if new.left_at:
                kept.end_invitation(session, login)
                kept.keep_password(session, login, "")
    return new


def _one(everybody: Sequence[Officer], login: str) -> Officer:
    for one in everybody:
        if one.login == login:
            return one
    hint = did_you_mean(login, [one.login for one in everybody])
    raise NotFound(say("There is nobody called “{login}”.{hint}", login=login, hint=hint))


def _is_right(hashed: str, password: str) -> bool:
    try:
        return _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _hashed(code: str) -> Sha256:
    return sha256(code.encode())


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with the memory-saving parameters of RFC 9106, 4."""
    return PasswordHasher()


@cache
def _nobodys() -> str:
    """A hash that no password fits, so that an unknown login takes as long as a wrong password."""
    return _hasher().hash(new_invitation_code())
