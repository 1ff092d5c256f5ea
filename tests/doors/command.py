"""The command `broadcaster` as a person uses it, in this process: words in, exit code and what was printed out."""

import contextlib
import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from broadcaster import cli


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def broadcaster(*words: object, within: Path, typed: bytes = b"", **environment: str) -> Answer:
    """Run the command in the folder `within`, with `typed` on standard input and English answers unless told otherwise."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    values = {key: value for key, value in os.environ.items() if not key.startswith("BROADCASTER_")}
    values |= {"BROADCASTER_LANGUAGE": "en", **environment}
    before, code = Path.cwd(), 0
    os.chdir(within)
    try:
        with (
            mock.patch.dict(os.environ, values, clear=True),
            mock.patch.object(sys, "argv", ["broadcaster", *map(str, words)]),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8")),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                cli.main()
            except SystemExit as ended:
                code = int(ended.code or 0)
            out.flush()
            err.flush()
    finally:
        os.chdir(before)
    return Answer(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())
