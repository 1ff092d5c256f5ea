"""espeak-ng's phonemes, in a process of its own: lines on standard input, for each its phonemes on standard output."""

import ctypes
import subprocess
import sys
from collections.abc import Sequence

import espeakng_loader

from broadcaster.engines.espeak import VOICE_FILE
from broadcaster.engines.espeak_worker import UTF8, Espeak


def phonemes(texts: Sequence[str]) -> list[str]:
    """What espeak-ng makes of each text; a stretch that falls back to another language stands between (en) and (vi)."""
    given = "\n".join(texts)
    done = subprocess.run([sys.executable, "-m", __name__], input=given, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def main() -> None:
    espeak = Espeak(espeakng_loader.get_library_path(), espeakng_loader.get_data_path(), str(VOICE_FILE), 140)
    to_phonemes = espeak.library.espeak_TextToPhonemes
    to_phonemes.restype = ctypes.c_char_p
    for line in sys.stdin.read().splitlines():
        place = ctypes.c_char_p(line.encode())
        parts = []
        while place.value:
            parts.append(to_phonemes(ctypes.byref(place), UTF8, 0) or b"")
        sys.stdout.write(b" ".join(parts).decode().replace("\n", " ") + "\n")


if __name__ == "__main__":
    main()
