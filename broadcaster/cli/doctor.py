"""The command doctor."""

import sys

from broadcaster.cli.door import Door, command
from broadcaster.desk.doctor import examine
from broadcaster.timekeeping import now
from broadcaster.types import Weight
from broadcaster.words import say


@command(
    "doctor",
    help="Whether all is there and whole: voices, ffmpeg, disk, database, record, recordings, sounds, days ahead, receivers, clock. Changes nothing.",
    example="broadcaster doctor",
    lists=True,
)
def doctor(door: Door) -> None:
    root = door.root()
    findings = examine(root, door.data or root / "var", door.settings(root), now(), door.tell)
    if door.as_json:
        door.json(
            [{"weight": one.weight, "kind": one.kind, "place": one.place, "sentence": one.sentence} for one in findings]
        )
    elif findings:
        door.findings(findings)
    else:
        door.answer(
            say(
                "All is well: voices, ffmpeg, disk, database, record, recordings, sounds, days ahead, receivers and clock."
            )
        )
    if any(one.weight is Weight.BLOCKING for one in findings):
        sys.exit(1)


commands = {"doctor": doctor}
