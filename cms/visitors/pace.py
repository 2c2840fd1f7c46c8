"""How often browsers beat, and which of them: what keeps the price of the count bounded.

Up to `VISITOR_BEATS_PER_SECOND` every browser beats. Above it only a sample does: those whose
random token is below a bound that sinks as the audience grows. Whoever was in a smaller sample is
in any larger one, so a change of pace moves nobody out and in again, and browser and server agree
without asking.

The number shown is the sampled tokens times `one_in`. That is the Horvitz-Thompson estimate of a
Bernoulli sample (Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 1992, section 3.2):
unbiased, with a relative standard error of sqrt((one_in - 1) / online), about 1 / sqrt(sampled).
With the default of 500 beats a second and ten seconds between beats 2,500 to 4,000 tokens are
sampled of any larger audience, hence a standard error of 1.6 to 2% and a mean absolute error of 1.3
to 1.6%.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# How many values the first eight digits of a token take.
DRAWS = 1 << 32

# After how long the browsers that a larger sample takes in have noticed and begun to beat.
SETTLING = timedelta(seconds=45)

# Shares of the bound on beats: above the first the sample shrinks to the second, below the last it
# grows to it. They leave room for what the store does not see of the load, about a tenth:
# sign-offs, and those who beat twice while they walk on.
HIGHEST, AIM, LOWEST = 0.85, 0.76, 0.5


@dataclass(frozen=True)
class Pace:
    """One browser in `one_in` beats, every `interval` seconds.

    While a larger sample settles, its newcomers are not yet all there: then only tokens of the
    smaller sample of one in `counted_in` are counted. `changed_at` is an aware datetime.
    """

    interval: int
    changed_at: datetime
    one_in: int = 1
    counted_in: int = 1

    def includes(self, token):
        """Say whether the browser with this token (32 hexadecimal digits) beats."""
        return self.one_in == 1 or int(token[:8], 16) * self.one_in < DRAWS

    def most_sampled(self, tokens):
        """Return how many of so many tokens are among those that count, but for a rare chance.

        Their number is binomial with the share 1 in `counted_in`: its mean and two standard
        deviations, exceeded once in 40 times. All of them where nothing is sampled. Fewer would
        refuse honest visitors who share an address, and the estimate would be too low.
        """
        mean = tokens / self.counted_in
        return math.ceil(mean + 2 * math.sqrt(mean * (1 - 1 / self.counted_in)))

    def next(self, beats_per_second, bound, now):
        """Return the pace that fits so many beats a second, itself while they are as wanted."""
        load = beats_per_second / bound
        if load > HIGHEST:
            one_in = max(self.one_in + 1, math.ceil(self.one_in * load / AIM))
            return replace(self, one_in=one_in, counted_in=one_in, changed_at=now)
        if now - self.changed_at < SETTLING:
            return self
        if self.counted_in != self.one_in:
            return replace(self, counted_in=self.one_in, changed_at=now)
        if self.one_in > 1 and load < LOWEST:
            one_in = max(1, math.floor(self.one_in * load / AIM))
            return replace(self, one_in=min(one_in, self.one_in - 1), changed_at=now)
        return self


def first_beyond(one_in):
    """Return the smallest token that is not in the sample of one in `one_in`, none for all."""
    return None if one_in == 1 else f"{-(-DRAWS // one_in):08x}"
