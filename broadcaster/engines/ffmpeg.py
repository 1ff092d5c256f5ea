"""ffmpeg, and the only place that knows its words: mixing, limiting, encoding and measuring in one start, and decoding."""

import re
import subprocess
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from broadcaster.errors import Unavailable
from broadcaster.studio.loudness import SILENT, Levels, Measured
from broadcaster.studio.mix import Labels, Mix
from broadcaster.types import Lufs, Milliseconds
from broadcaster.words import say

RATE = 44_100
SETTINGS = f"MP3 64 kbit/s mono {RATE}, limiter 5/50 ms"
PATIENCE = 60.0
"""Seconds that any start may take, and as many again for each ten minutes of sound."""
FIRST_WITH_LOOPBACK = 7
"""From this version on ffmpeg can decode in the same start what it has just encoded."""
LARGEST_DECODED = 400_000_000
"""Bytes of PCM that a decoded file may have: an hour and a half at 44.1 kHz."""
_FADE = 0.6
"""Seconds in which a bed goes down before speech and comes up after it."""
_MEASURE = "volumedetect,silencedetect=n=-50dB:d=0.3,ebur128=peak=true:framelog=quiet"


class Ffmpeg:
    """One ffmpeg program: the one of the `imageio-ffmpeg` wheel, or another that the settings name. Keeps `studio.mix.Encoder`.

    May be used by many threads at once.
    """

    def __init__(self, program: Path | None = None) -> None:
        """Asks the program for its version. Raises Unavailable when there is none."""
        self.program = str(program) if program else _carried()
        said = self._start(["-version"], b"", PATIENCE).stdout.decode(errors="replace")
        version = said.split()[2] if said.startswith("ffmpeg version ") else "?"
        self.identity = f"ffmpeg {version}, {SETTINGS}"
        major = re.match(r"n?(\d+)\.", version)
        self.has_loopback = major is not None and int(major[1]) >= FIRST_WITH_LOOPBACK

    def encode(self, mix: Mix, levels: Levels, labels: Labels, target: Path) -> Measured:
        """Mix, limit, encode to `target` and measure what comes back out of the MP3. The same input gives the same bytes."""
        patience = PATIENCE * (1 + mix.length / 600_000)
        shown = _metadata(labels, mix.length)
        command = [
            *_inputs(mix),
            *_output(2 if mix.bed else 1),
            "-filter_complex",
            _graph(mix, levels),
            "-map",
            "[out]",
            str(target),
        ]
        if not self.has_loopback:
            self._start(command, shown, patience)
            return self.measure(target)
        beside = ["-dec", "0:0", "-filter_complex", f"[dec:0]{_MEASURE}[m]", "-map", "[m]", "-f", "null", "-"]
        return _measured(self._start([*command, *beside], shown, patience).stderr.decode(errors="replace"))

    def measure(self, path: Path) -> Measured:
        """Loudness, true peak, length and silences of a sound file, decoded. Raises Unavailable."""
        done = self._start(
            [
                "-i",
                _file(path),
                "-af",
                f"aformat=sample_rates={RATE}:channel_layouts=mono,{_MEASURE}",
                "-f",
                "null",
                "-",
            ],
            b"",
            PATIENCE * (1 + path.stat().st_size / 4_800_000),
        )
        return _measured(done.stderr.decode(errors="replace"))

    def decode(self, sound: Path | bytes, rate: int) -> bytes:
        """A short file, or the bytes of one, as mono 16-bit PCM at `rate`. Raises Unavailable."""
        given = sound if isinstance(sound, bytes) else b""
        cut = ["-fs", str(LARGEST_DECODED)]
        return self._start(_decoding(sound, rate, cut), given, PATIENCE).stdout

    def decode_into(self, target: BinaryIO, sound: Path, rate: int, longest: Milliseconds) -> None:
        """Write a file's first `longest` as mono 16-bit PCM at `rate` to `target`, whose place is then its end. Raises Unavailable."""
        self._start(_decoding(sound, rate, ["-t", f"{longest / 1000:.3f}"]), b"", PATIENCE, target)
        target.seek(0, SEEK_END)

    def _start(
        self, arguments: list[str], given: bytes, patience: float, target: BinaryIO | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            done = subprocess.run(
                [self.program, "-hide_banner", "-nostdin", "-nostats", *arguments],
                input=given,
                stdout=target or subprocess.PIPE,
                stderr=subprocess.PIPE,
                timeout=patience,
                check=False,
            )
        except OSError as error:
            raise Unavailable(
                say(
                    "Could not start ffmpeg ({program}): {reason}. Install the package imageio-ffmpeg, or name a program in the settings.",
                    program=self.program,
                    reason=error.strerror or error,
                )
            ) from error
        except subprocess.TimeoutExpired as error:
            raise Unavailable(
                say(
                    "ffmpeg did not finish within {seconds} seconds. Try again when the machine is less busy.",
                    seconds=round(patience),
                )
            ) from error
        if done.returncode != 0:
            raise Unavailable(
                say(
                    "ffmpeg could not do its work: {reason}. Check that the sound file is whole and that the disk has room.",
                    reason=_last_words(done.stderr),
                )
            )
        return done


_GIVEN = (
    "-protocol_whitelist",
    "file,pipe",
    "-format_whitelist",
    "wav,w64,aiff,caf,mp3,aac,flac,ogg,wv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2",
)
"""What a sound that comes from elsewhere may be: a sound file by itself, never a list of other addresses."""


def _decoding(sound: Path | bytes, rate: int, cut: list[str]) -> list[str]:
    source = _file(sound) if isinstance(sound, Path) else "pipe:0"
    return [*_GIVEN, "-i", source, "-map", "0:a:0", "-ac", "1", "-ar", str(rate), *cut, "-f", "s16le", "pipe:1"]


def _inputs(mix: Mix) -> list[str]:
    speech = ["-y", "-f", "s16le", "-ar", str(mix.rate), "-ac", "1", "-i", _file(mix.path)]
    bed = ["-stream_loop", "-1", "-i", _file(mix.bed.path)] if mix.bed else []
    return [*speech, *bed, "-f", "ffmetadata", "-i", "pipe:0"]


def _graph(mix: Mix, levels: Levels) -> str:
    speech = f"aresample={RATE},adelay={mix.head},apad=pad_dur={mix.tail / 1000}"
    master = (
        f"volume={levels.gain}dB,alimiter=limit={10 ** (levels.limit / 20):.6f}:attack=5:release=50:level=false[out]"
    )
    if mix.bed is None:
        return f"[0:a]{speech},{master}"
    whole, begins, ends = mix.length / 1000, mix.head / 1000, (mix.length - mix.tail) / 1000
    duck = f"clip(min((t-{begins - _FADE})/{_FADE},({ends + _FADE}-t)/{_FADE}),0,1)"
    gain = f"pow(10,({mix.bed.open}+({mix.bed.ducked - mix.bed.open:.2f})*{duck})/20)"
    shape = f"atrim=duration={whole},afade=t=in:d=0.4,afade=t=out:st={whole - 1.6:.3f}:d=1.5"
    bed = f"aresample={RATE},aformat=channel_layouts=mono,volume='{gain}':eval=frame,{shape}"
    return f"[0:a]{speech}[s];[1:a]{bed}[b];[s][b]amix=inputs=2:duration=first:normalize=0,{master}"


def _output(labels: int) -> list[str]:
    """`labels` is the number of the input that brings them."""
    codec = ["-c:a", "libmp3lame", "-b:a", "64k", "-ar", str(RATE), "-ac", "1", "-flags:a", "+bitexact"]
    return [
        "-map_metadata",
        str(labels),
        "-map_chapters",
        str(labels),
        *codec,
        "-fflags",
        "+bitexact",
        "-id3v2_version",
        "3",
        "-write_xing",
        "1",
        "-f",
        "mp3",
    ]


def _metadata(labels: Labels, length: Milliseconds) -> bytes:
    """The labels in ffmpeg's own form for them (FFMETADATA1); each chapter ends where the next begins."""
    shown = {"title": labels.title, "album": labels.album, "language": labels.language, "comment": labels.comment}
    lines = [";FFMETADATA1", *(f"{key}={_escaped(text)}" for key, text in shown.items() if text)]
    ends = [*(chapter.start for chapter in labels.chapters[1:]), length]
    for chapter, end in zip(labels.chapters, ends, strict=False):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={chapter.start}", f"END={end}"]
        lines.append(f"title={_escaped(chapter.title)}")
    return ("\n".join(lines) + "\n").encode()


def _escaped(text: str) -> str:
    # at the end of a line ffmpeg takes an escaped backslash for a line that goes on
    return re.sub(r"([=;#\n])", r"\\\1", text.replace("\\", "/"))


def _measured(report: str) -> Measured:
    loudness, peak = _last(r"I:\s+(\S+) LUFS", report), _last(r"Peak:\s+(\S+) dBFS", report)
    samples = _last(r"n_samples: (\d+)", report)
    if loudness is None or peak is None or samples is None:
        raise Unavailable(say("ffmpeg did not say what it measured: {reason}.", reason=report.strip()[-300:]))
    silences = [float(found) for found in re.findall(r"silence_duration: ([\d.]+)", report)]
    return Measured(
        loudness=Lufs(max(float(loudness), SILENT)),
        peak=float(peak),
        length=Milliseconds(round(int(samples) / RATE * 1000)),
        longest_silence=Milliseconds(round(max(silences, default=0.0) * 1000)),
    )


def _last(pattern: str, report: str) -> str | None:
    found = re.findall(pattern, report)
    return found[-1] if found else None


def _last_words(stderr: bytes) -> str:
    """What it said last, without the folders of the files that it names."""
    said = re.sub(r"(file:)?/\S*/", "", stderr.decode(errors="replace"))
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return "; ".join(lines[-3:])[-400:] or "no reason given"


def _file(path: Path) -> str:
    return f"file:{path.absolute()}"


def _carried() -> str:
    import imageio_ffmpeg  # noqa: PLC0415 -- a program named in the settings does without it

    return str(imageio_ffmpeg.get_ffmpeg_exe())
