"""A player that plays into one file in real time: `python tape.py TAPE FFMPEG SEEK FILE`. The tape's name holds the moment of its first sample."""

import subprocess
import sys
import time
from pathlib import Path

RATE, PIECE = 8000, 400
"""Samples a second, 16 bits, mono; and in a piece, 50 ms."""


def main() -> None:
    tape, ffmpeg, seek, file = sys.argv[1:]
    begun = time.time()
    decoded = subprocess.run(
        [ffmpeg, "-v", "error", "-ss", seek, "-i", file, "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"],
        capture_output=True,
        check=True,
    ).stdout
    origin = float(Path(tape).stem)
    with Path(tape).open("r+b") as out:
        for place in range(0, len(decoded), 2 * PIECE):
            out.seek(2 * round((begun - origin) * RATE) + place)
            out.write(decoded[place : place + 2 * PIECE])
            out.flush()
            time.sleep(max(0.0, begun + (place / 2 + PIECE) / RATE - time.time()))


if __name__ == "__main__":
    main()
