"""What is simulated, by name."""

from dataclasses import dataclass, field

from tests.cms.visitors.simulation.browser import Network
from tests.cms.visitors.simulation.script import People

# Seconds after the ramp that belong to it: the sample follows, whoever came early leaves.
SETTLING_SECONDS = 60


@dataclass(frozen=True)
class Scenario:
    """Who comes, in which network, and what goes wrong. Seconds count from when it has settled."""

    audience: int
    network: Network = field(default_factory=Network)
    people: People = field(default_factory=People)
    ramp: int = 120
    settling_seconds: int = SETTLING_SECONDS
    measured_seconds: int = 600
    # Tokens that a forger behind one address brings from the third part of the time on.
    forged: int = 0
    # When the store is killed and when it is back, empty.
    outage: tuple = ()

    @property
    def settled(self):
        """The second from which on errors count."""
        return self.ramp + self.settling_seconds

    @property
    def seconds(self):
        """How long all of it takes."""
        return self.settled + self.measured_seconds


SMALL = "329"
LOSSY = "329-lossy"
LARGE = "100000"
HUGE = "10000000"
FORGER = "forger"
RESTART = "restart"

SCENARIOS = {
    SMALL: Scenario(329),
    LOSSY: Scenario(329, network=Network(lost_sign_offs=0.5)),
    LARGE: Scenario(100_000, measured_seconds=1200),
    HUGE: Scenario(10_000_000, measured_seconds=1200),
    FORGER: Scenario(329, forged=5000),
    RESTART: Scenario(329, outage=(200, 230)),
}
