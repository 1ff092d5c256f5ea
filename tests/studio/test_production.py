"""The steps of production with an encoder that answers as told: tries, refusals, cues, names."""

from dataclasses import replace
from pathlib import Path

import pytest

from broadcaster.engines.silence import SilentVoice
from broadcaster.errors import Unavailable
from broadcaster.studio.bulletin import Cue, Recipe, parts_of
from broadcaster.studio.loudness import Levels, Measured
from broadcaster.studio.mix import Chapter, Labels, Mix
from broadcaster.studio.production import TRIES, cues_of, produce
from broadcaster.studio.speech import Recording, SpokenWord, Utterance
from broadcaster.types import Lufs, Milliseconds
from tests.builders import spoken_into

TEXT = "Ngày 2/10 là Ngày Khuyến học. Mời đọc sách!"
UTTERANCES = (
    Utterance("Ngày mùng hai tháng mười", Milliseconds(100), (0, 29)),
    Utterance("là Ngày Khuyến học.", Milliseconds(500), (0, 29)),
    Utterance("Mời đọc sách!", Milliseconds(700), (30, 43)),
)
RECIPE = Recipe(UTTERANCES, "espeak", "horn", "fake", "Khuyến học", is_trial=True)


class AnEncoder:
    """Writes ten bytes and answers with the loudnesses it was given, one after another."""

    identity = "fake"

    def __init__(self, *loudnesses: float, longer: int = 0, silence: int = 0):
        self.loudnesses = list(loudnesses)
        self.longer = longer
        self.silence = silence
        self.asked: list[tuple[Levels, Labels]] = []

    def encode(self, mix: Mix, levels: Levels, labels: Labels, target: Path) -> Measured:
        self.asked.append((levels, labels))
        target.write_bytes(b"0123456789")
        return Measured(
            Lufs(self.loudnesses.pop(0)), -2.0, Milliseconds(mix.length + self.longer), Milliseconds(self.silence)
        )


def test_a_bulletin_is_named_by_the_voice_that_spoke(tmp_path: Path) -> None:
    made = produce(RECIPE, TEXT, [SilentVoice()], AnEncoder(-16.0), tmp_path)

    assert made.bulletin.voice == SilentVoice.identity
    assert made.bulletin.fingerprint == replace(RECIPE, voice=SilentVoice.identity).fingerprint
    assert made.bulletin.size == 10
    assert made.bulletin.length == 250 + 12 * 300 + 600 + 350
    assert made.path.parent == tmp_path


def test_a_trial_is_marked_in_the_file(tmp_path: Path) -> None:
    encoder = AnEncoder(-16.0, -16.0)

    produce(RECIPE, TEXT, [SilentVoice()], encoder, tmp_path)
    produce(replace(RECIPE, is_trial=False), TEXT, [SilentVoice()], encoder, tmp_path)

    assert [labels.comment for _, labels in encoder.asked] == ["bản duyệt thử", ""]


def test_a_quiet_first_try_is_followed_by_a_louder_one(tmp_path: Path) -> None:
    encoder = AnEncoder(-17.0, -16.1)

    made = produce(RECIPE, TEXT, [SilentVoice()], encoder, tmp_path)

    assert made.bulletin.loudness == -16.1
    assert encoder.asked[1][0].gain == pytest.approx(encoder.asked[0][0].gain + 1.2)


@pytest.mark.parametrize(
    ("encoder", "reason"),
    [
        (AnEncoder(*[-20.0] * TRIES), "came to -20.0 LUFS"),
        (AnEncoder(-16.0, longer=61), "planned to last"),
        (AnEncoder(-16.0, silence=1600), "silent for 1600 ms"),
    ],
)
def test_what_is_not_accepted_leaves_nothing_behind(tmp_path: Path, encoder: AnEncoder, reason: str) -> None:
    with pytest.raises(Unavailable, match=reason):
        produce(RECIPE, TEXT, [SilentVoice()], encoder, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_cues_show_the_written_text_when_it_is_heard(tmp_path: Path) -> None:
    recording = spoken_into(tmp_path / "sound.pcm", [SilentVoice()], UTTERANCES).recording

    cues = cues_of(UTTERANCES, recording, TEXT, Milliseconds(250))

    assert cues == (
        Cue(Milliseconds(250), Milliseconds(3050), "Ngày 2/10 là Ngày Khuyến học."),
        Cue(Milliseconds(3550), Milliseconds(4450), "Mời đọc sách!"),
    )


def test_clauses_follow_the_times_of_the_words_and_short_ones_stay_together(tmp_path: Path) -> None:
    text = "Từ 1/10, mời bà con đến thư viện: đọc sách, mượn sách."
    said = "Từ mùng một tháng mười, mời bà con đến thư viện: đọc sách, mượn sách."
    words = tuple(SpokenWord(word.strip(",:."), Milliseconds(400 * place)) for place, word in enumerate(said.split()))
    utterances = (Utterance(said, Milliseconds(0), (0, len(text))),)
    recording = Recording(tmp_path / "sound.pcm", 1000, 6400, (Milliseconds(0),), words)

    cues = cues_of(utterances, recording, text, Milliseconds(100))

    assert cues == (
        Cue(Milliseconds(100), Milliseconds(2100), "Từ 1/10,"),
        Cue(Milliseconds(2100), Milliseconds(6500), "mời bà con đến thư viện: đọc sách, mượn sách."),
    )


def test_a_stretch_whose_clauses_do_not_answer_each_other_is_one_cue(tmp_path: Path) -> None:
    text, said = "Số 1.000, 2.000 và 3.000.", "Số một nghìn hai nghìn và ba nghìn."
    words = tuple(SpokenWord(word, Milliseconds(400 * place)) for place, word in enumerate(said.split()))
    recording = Recording(tmp_path / "sound.pcm", 1000, 3200, (Milliseconds(0),), words)

    cues = cues_of((Utterance(said, Milliseconds(0), (0, len(text))),), recording, text, Milliseconds(0))

    assert [cue.text for cue in cues] == [text]


def test_an_utterance_without_a_place_shows_itself(tmp_path: Path) -> None:
    lead_in = (
        Utterance("Kính chào quý vị.", Milliseconds(200)),
        Utterance("Đây là Đài Truyền thanh.", Milliseconds(0)),
    )

    recording = spoken_into(tmp_path / "sound.pcm", [SilentVoice()], lead_in).recording

    cues = cues_of(lead_in, recording, "", Milliseconds(0))

    assert [cue.text for cue in cues] == ["Kính chào quý vị.", "Đây là Đài Truyền thanh."]


def test_paragraphs_are_parts_that_a_player_can_jump_to(tmp_path: Path) -> None:
    text = "Kính thưa bà con!\n\nNgày 2/10 là Ngày Khuyến học. Mời đọc sách!"
    utterances = (
        Utterance("Kính thưa bà con!", Milliseconds(700), (0, 17)),
        Utterance("Ngày mùng hai tháng mười là Ngày Khuyến học.", Milliseconds(500), (19, 48)),
        Utterance("Mời đọc sách!", Milliseconds(0), (49, 62)),
    )
    encoder = AnEncoder(-16.0)

    produce(
        replace(RECIPE, utterances=utterances, parts=parts_of(utterances, text)),
        text,
        [SilentVoice()],
        encoder,
        tmp_path,
    )

    assert encoder.asked[0][1].chapters == (
        Chapter(Milliseconds(0), "Kính thưa bà con!"),
        Chapter(Milliseconds(250 + 4 * 300 + 700), "Ngày 2/10 là Ngày Khuyến học. Mời đọc sách!"),
    )


def test_a_text_of_one_paragraph_has_no_parts() -> None:
    assert parts_of(UTTERANCES, TEXT) == ()
