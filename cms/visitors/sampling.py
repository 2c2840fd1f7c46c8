"""The sampling of browsers: how often they send beats, and which of them do.

Sampling limits the cost of the count. Up to `VISITOR_BEATS_PER_SECOND`, every browser sends beats.
Above it only a sample does: browsers whose random token is below a limit. This limit falls as the
audience grows. Every token of a smaller sample is also in any larger one. So no browser leaves and
returns when the sample changes, and browser and server agree without a request.

The number shown is the number of sampled tokens times `one_in`. This is the Horvitz-Thompson
estimate of a Bernoulli sample (Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 1992,
section 3.2). It is unbiased. Its relative standard error is sqrt((one_in - 1) / online), about 1 /
sqrt(sampled).

By default, there are at most 500 beats a second and 10 seconds between the beats of a browser. Then
2,500 to 4,000 tokens of any larger audience are sampled. The standard error is 1.6 to 2%, and the
mean absolute error is 1.3 to 1.6%.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

# The number of values that the first eight digits of a token can have.
TOKEN_VALUES = 1 << 32

# When the sample grows, new browsers are in it. They need this time to notice that, and to send
# beats.
SETTLING_TIME = timedelta(seconds=45)

# Shares of the limit on beats. Above `MAX_LOAD` the sample shrinks to `TARGET_LOAD`; below
# `MIN_LOAD` it grows to `TARGET_LOAD`. The margin is for load that the store does not measure,
# about a tenth: sign-offs, and the second beats of visitors who go from page to page.
MAX_LOAD, TARGET_LOAD, MIN_LOAD = 0.85, 0.76, 0.5


@dataclass(frozen=True)
class Sampling:
    """The sampling: one browser in `one_in` sends a beat every `interval` seconds.

    After the sample grows, its new browsers need some time to send their first beat. Until then
    only tokens of the smaller sample of one in `counted_in` count. `changed_at` is an aware
    datetime.
    """

    interval: int
    changed_at: datetime
    one_in: int = 1
    counted_in: int = 1

    def includes(self, token: str) -> bool:
        """Return whether the browser with this token (32 hexadecimal digits) sends beats."""
        return self.one_in == 1 or int(token[:8], 16) * self.one_in < TOKEN_VALUES

    def max_sampled_tokens(self, tokens: int) -> int:
        """Return the number of sampled tokens that `tokens` tokens almost never exceed.

        Their number has a binomial distribution with the probability 1 in `counted_in`. The result
        is its mean plus two standard deviations, which is exceeded once in 40 times. Without
        sampling, it is `tokens`. A lower limit would refuse honest visitors who share an IP
        address, and the estimate would be too low.
        """
        mean = tokens / self.counted_in
        return math.ceil(mean + 2 * math.sqrt(mean * (1 - 1 / self.counted_in)))

    def next(self, beats_per_second: float, bound: int, now: datetime) -> Self:
        """Return the sampling that fits this rate of beats, or `self` if no change is needed."""
        load = beats_per_second / bound
        if load > MAX_LOAD:
            one_in = max(self.one_in + 1, math.ceil(self.one_in * load / TARGET_LOAD))
            return replace(self, one_in=one_in, counted_in=one_in, changed_at=now)
        if now - self.changed_at < SETTLING_TIME:
            return self
        if self.counted_in != self.one_in:
            return replace(self, counted_in=self.one_in, changed_at=now)
        if self.one_in > 1 and load < MIN_LOAD:
            one_in = max(1, math.floor(self.one_in * load / TARGET_LOAD))
            return replace(self, one_in=min(one_in, self.one_in - 1), changed_at=now)
        return self


def first_token_outside(one_in: int) -> str | None:
    """Return the smallest token outside the sample of one in `one_in`, `None` if all are inside."""
    return None if one_in == 1 else f"{-(-TOKEN_VALUES // one_in):08x}"
