"""The command `receiver`: all its words go to the receiver's own door, the same where it is installed alone."""

import click

from broadcaster.receiver.command import main


@click.command(
    "receiver",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    help="The small program at the loudspeakers: enrol, sync, run, stop, status.",
    epilog="broadcaster receiver status",
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def receiver(context: click.Context, words: tuple[str, ...]) -> None:
    try:
        context.exit(main(words))
    except SystemExit as ended:  # argparse's own way to end
        context.exit(int(ended.code or 0))


commands = {"receiver": receiver}
