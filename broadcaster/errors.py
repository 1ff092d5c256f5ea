"""What can go wrong, one class for each thing that a caller can act on; each says what, which one, what to do next."""

from broadcaster.words import Sentence


class BroadcasterError(Exception):
    """The base of all errors of the service; `sentence` is written to the person who must act."""

    exit_code = 1

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


class WrongUsage(BroadcasterError):
    """The wish itself is wrong: no workspace, a misspelt setting, a day that is none."""

    exit_code = 2


class BadFile(BroadcasterError):
    """A file that people wrote cannot be taken as it stands; nothing of it was taken."""


class NotFound(BroadcasterError):
    """The named thing is not there."""


class Refused(BroadcasterError):
    """A rule of the house forbids it; nothing was changed."""


class Unavailable(BroadcasterError):
    """Something outside failed: a voice, the disk, the network, the database. Trying again later may help."""
