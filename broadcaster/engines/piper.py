"""Piper's neural voices, offline: a model that the user put into the voices folder, one session, the same bytes every time."""

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import onnxruntime
from piper import PhonemeType, PiperConfig, PiperVoice, SynthesisConfig

from broadcaster.errors import Unavailable
from broadcaster.files import sha256_of
from broadcaster.studio import pcm
from broadcaster.studio.speech import Piece, Utterance, check_speakable
from broadcaster.words import say

THREADS = 1
"""Of the session, for each utterance; the house already makes a bulletin on each core, and one thread adds up in one order."""
MARGIN = 40
"""Milliseconds; of the silence that a model puts at both ends of an utterance, so much is left."""
PHONEMES = (PhonemeType.ESPEAK, PhonemeType.TEXT)
"""The kinds that need nothing downloaded."""
RATES = range(8_000, 48_001)
_STEADY = SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0, normalize_audio=False)
"""Without the noise that a model else adds to each sound and its length, and without a gain of its own for each utterance."""


class PiperModel:
    """The voice of one model, `piper:NAME`. Safe from several threads."""

    is_offline = True
    is_repeatable = True
    is_person = False

    def __init__(self, model: Path) -> None:
        """`model` is NAME.onnx, with NAME.onnx.json beside it. Raises Unavailable where one is missing, broken or of another language."""
        self.name = f"piper:{model.stem}"
        settings = model.with_name(f"{model.name}.json")
        config = _config(settings)
        self._voice = PiperVoice(config=config, session=_session(model))
        self.rate = config.sample_rate
        marks = f"{sha256_of(model)[:12]}, {sha256_of(settings)[:12]}"
        self.identity = f"{self.name}, piper-tts {version('piper-tts')}, {marks}, noise 0"

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """Each utterance by the model. Raises Unavailable with the utterance that failed."""
        check_speakable(self.name, utterances)
        for utterance in utterances:
            yield Piece(pcm.without_ends(self._sound(utterance.text), self.rate, MARGIN))

    def close(self) -> None:
        """The session goes with the voice."""

    def _sound(self, text: str) -> bytes:
        try:
            return b"".join(chunk.audio_int16_bytes for chunk in self._voice.synthesize(text, _STEADY))
        except Exception as error:  # onnxruntime's errors have no base of their own
            raise Unavailable(
                say(
                    "The voice {voice} failed at “{text}”: {reason}. Use a model that this version of piper-tts knows.",
                    voice=self.name,
                    text=text,
                    reason=_first_line(error),
                )
            ) from error


def _config(path: Path) -> PiperConfig:
    try:
        config = PiperConfig.from_dict(json.loads(path.read_text("utf-8")))
        if config.sample_rate not in RATES or config.num_speakers < 1 or not config.phoneme_id_map:
            raise ValueError("sample_rate, num_speakers, phoneme_id_map")
    except OSError as error:
        raise _missing(path, error) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unavailable(
            say(
                "{file} is not the description of a Piper model: {reason}. Copy the one that came with the model.",
                file=path,
                reason=_first_line(error),
            )
        ) from error
    if config.phoneme_type not in PHONEMES or config.espeak_voice.split("-")[0] != "vi":
        raise Unavailable(
            say("{file} describes a model that does not speak Vietnamese. Choose a model named vi_….", file=path)
        )
    return config


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    options.log_severity_level = 4  # what is wrong is said by the error
    try:
        with model.open("rb"):
            pass
        return onnxruntime.InferenceSession(str(model), sess_options=options, providers=["CPUExecutionProvider"])
    except OSError as error:
        raise _missing(model, error) from error
    except Exception as error:  # onnxruntime's errors have no base of their own
        raise Unavailable(
            say(
                "{file} is not a whole Piper model: {reason}. Copy it once more.", file=model, reason=_first_line(error)
            )
        ) from error


def _missing(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        say(
            "{file} cannot be read: {reason}. A Piper voice is two files side by side, NAME.onnx and NAME.onnx.json.",
            file=path,
            reason=error.strerror or error,
        )
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200] or type(error).__name__
