"""The scenarios of the simulation, by name."""

from dataclasses import dataclass, field

from tests.cms.visitors.simulation.browser import Network
from tests.cms.visitors.simulation.script import People

# Seconds after the ramp that belong to it. In this time the sample adjusts, and early visitors
# leave.
SETTLING_SECONDS = 60


@dataclass(frozen=True)
class Scenario:
    """The audience, the network and the failures of a simulation.

    The seconds of an outage count from the time when the scenario has settled.
    """

    audience: int
    network: Network = field(default_factory=Network)
    people: People = field(default_factory=People)
    ramp: int = 120
    settling_seconds: int = SETTLING_SECONDS
    measured_seconds: int = 600
    # The number of tokens that a forger behind one IP address brings, after a third of the measured
    # time.
    forged: int = 0
    # The seconds at which the store is killed, and at which it is back and empty.
    outage: tuple = ()

    @property
    def settled(self):
        """The second from which errors count."""
        return self.ramp + self.settling_seconds

    @property
    def seconds(self):
        """The duration of the whole scenario in seconds."""
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
