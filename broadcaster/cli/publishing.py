"""Commands of publishing: publish and serve."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from broadcaster import timetable
from broadcaster.cli.door import Door, command
from broadcaster.cli.logs import begin
from broadcaster.desk import newsroom, publishing
from broadcaster.desk.keeping import SERVICE
from broadcaster.timekeeping import now
from broadcaster.web import serve as web
from broadcaster.words import say


@command(
    "publish",
    help="Write the published tree of all that is released and approved; unchanged files are not touched.",
    example="broadcaster publish\nbroadcaster publish --out /srv/www",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to; else public in the data folder."
)
def publish(door: Door, out: Path | None) -> None:
    with door.desk() as desk:
        written = publishing.publish(desk, out or desk.public_folder, moment=now())
        folder = out or desk.public_folder
    door.answer(
        say(
            "{folder}: {changed} files changed, {unchanged} as they were, {removed} removed.",
            folder=folder,
            changed=len(written.changed),
            unchanged=len(written.unchanged),
            removed=len(written.removed),
        )
    )


@command(
    "serve",
    help="Take in changed scripts, publish, and serve the tree to stations and the portal; pages and feeds are renewed as sessions pass.",
    example="broadcaster serve --host 0.0.0.0 --port 8000",
    lists=True,
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
def serve(door: Door, host: str, port: int) -> None:
    begin(door.as_json)
    with door.desk() as desk:
        report = newsroom.load(desk, person=desk.person(door.by or SERVICE), at=now())
        door.findings(report.findings)
        public = urlsplit(desk.settings.public_url)
        if public.hostname == "127.0.0.1" and public.port != port:
            door.answer(
                say(
                    "Everything published says {url}, and this is port {port}: set public_url in broadcaster.toml to the address that others use.",
                    url=desk.settings.public_url,
                    port=port,
                )
            )
        with timetable.running(desk, desk.public_folder):
            door.answer(
                say(
                    "Serving {folder} at http://{host}:{port}/. End with Ctrl-C.",
                    folder=desk.public_folder,
                    host=host,
                    port=port,
                )
            )
            web.serve(desk.public_folder, host, port, desk)


commands = {"publish": publish, "serve": serve}
