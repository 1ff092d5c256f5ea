"""Shares of airtime: a due campaign gets seconds in proportion to its weight, counted at one station over its window.

On every day of its window a campaign is entitled to that day's seconds of all due campaigns, times its weight over the
sum of the weights due that day; what it needs most is what it has had the smallest part of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from broadcaster.planning.campaign import Due
from broadcaster.programme.release import ReleasedDay
from broadcaster.types import Milliseconds


@dataclass(frozen=True)
class Shares:
    """Milliseconds that each due campaign was entitled to and has had, the day being filled included as far as it is filled."""

    weights: Mapping[str, int]
    entitled: Mapping[str, float]
    had: Mapping[str, float]

    @classmethod
    def counted(cls, day: date, due: Mapping[date, tuple[Due, ...]], past: Sequence[ReleasedDay]) -> "Shares":
        """The shares at the beginning of `day`."""
        today = due.get(day, ())
        first = {one.campaign: one.first for one in today}
        entitled = dict.fromkeys(first, 0.0)
        had = dict.fromkeys(first, 0.0)
        for one in past:
            aired = _aired(one)
            then = {other.campaign: other.weight for other in due.get(one.day, ())}
            total, weights = sum(aired.get(campaign, 0) for campaign in then), sum(then.values())
            for campaign in first:
                if first[campaign] <= one.day < day and campaign in then:
                    entitled[campaign] += total * then[campaign] / weights
                    had[campaign] += aired.get(campaign, 0)
        return cls({one.campaign: one.weight for one in today}, entitled, had)

    def given(self, campaign: str, length: Milliseconds) -> "Shares":
        """The shares after `campaign` got `length` today, to which all due today are entitled by weight."""
        total = sum(self.weights.values())
        return replace(
            self,
            entitled={slug: right + length * self.weights[slug] / total for slug, right in self.entitled.items()},
            had={**self.had, campaign: self.had[campaign] + length},
        )

    def need(self, campaign: str | None) -> tuple[float, int]:
        """Sorts what has had the smallest part of its share first; of equals the heavier. A script without a campaign comes last."""
        if campaign is None or campaign not in self.weights:
            return (float("inf"), 0)
        entitled = self.entitled[campaign]
        return (self.had[campaign] / entitled if entitled else 0.0, -self.weights[campaign])


def _aired(day: ReleasedDay) -> Mapping[str, int]:
    lengths: dict[str, int] = {}
    for session in day.sessions:
        for item in session.items:
            if item.campaign:
                lengths[item.campaign] = lengths.get(item.campaign, 0) + item.length
    return lengths
