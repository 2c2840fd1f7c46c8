"""Tests of the simulation of visitors: its truth, its measurements, and a broken store."""

from dataclasses import astuple
from random import Random

import pytest

from tests.cms.visitors.simulation.browser import Network
from tests.cms.visitors.simulation.chart import draw
from tests.cms.visitors.simulation.result import Error, Load, Sample
from tests.cms.visitors.simulation.run import simulate
from tests.cms.visitors.simulation.scenarios import Scenario
from tests.cms.visitors.simulation.script import (
    Action,
    Kind,
    People,
    Population,
    Stay,
    Truth,
    actions,
    online_times,
)

SCENARIO = Scenario(60, ramp=20, settling_seconds=15, measured_seconds=75)
SEED = "1"


def test_the_truth_of_a_script_written_by_hand():
    script = [
        Action(1, Kind.OPEN),
        Action(3, Kind.CLICK, load=2),
        Action(6, Kind.HIDE),
        Action(6, Kind.OPEN, tab=1, load=1),
        Action(8, Kind.HIDE, tab=1),
        Action(8, Kind.FRONT),
        Action(9, Kind.LOCK),
        Action(12, Kind.WAKE),
        Action(13, Kind.WALK, load=1),
        Action(14.5, Kind.HIDE),
    ]
    assert online_times(script) == [(1, 9), (12, 14.5)]
    truth = Truth(16)
    for times in online_times(script):
        truth.add(*times)
    truth.add(8.5, 8.9)
    truth.add(13.5, 99)
    assert truth.counts() == [0] + [1] * 8 + [0] * 3 + [1, 1, 2, 1, 1]


def test_of_two_tabs_side_by_side_either_keeps_a_visitor_online():
    script = [
        Action(1, Kind.OPEN),
        Action(2, Kind.OPEN, tab=1),
        Action(3, Kind.HIDE),
        Action(5, Kind.HIDE, tab=1),
    ]
    assert online_times(script) == [(1, 5)]


def test_what_visitors_do_keeps_them_online_as_long_as_they_stay():
    random = Random(SEED)  # noqa: S311 - a simulation
    people = People(second_tab=0.5, sleepers=0.5)
    population = Population(people, 100, 10, Truth(100), random)
    stays = list(population.arrive(0, 100, share=1))
    assert len(stays) > 50
    for stay in stays:
        times = online_times(actions(stay, people, random))
        assert times == [pytest.approx(pair) for pair in stay.times]


def test_the_truth_is_the_same_whoever_gets_a_browser():
    def counts(share):
        truth = Truth(60)
        population = Population(People(), 500, 20, truth, Random(SEED))  # noqa: S311 - a simulation
        browsers = [stay for second in range(60) for stay in arrive(population, second, share)]
        return truth.counts(), len(browsers)

    def arrive(population, second, share):
        return population.arrive(second, second + 1, share)

    everyone, all_browsers = counts(1)
    some, few_browsers = counts(0.1)
    assert everyone == some
    assert 0 < few_browsers < all_browsers / 5


def test_a_visitor_locked_out_is_online_before_and_after():
    assert Stay(10, 5, 0.5).times == [(10, 15)]
    assert Stay(10, 5, 0.5, locked_after=2, locked_for=30).times == [(10, 12), (42, 45)]


def test_errors_are_measured_where_a_number_was_shown():
    series = [Sample(0, 100, 110), Sample(1, 100, None), Sample(2, 200, 190)]
    assert astuple(Error.of(series)) == pytest.approx((0.075, 0.025, 0.1, 10))


def test_the_load_is_that_of_the_worst_ten_seconds():
    assert Load.of([0] * 10 + [50] * 5 + [0] * 10) == Load(10, 25)


def test_the_number_follows_the_audience(store):
    result = simulate(SCENARIO, store, SEED)
    assert result.error.mean < 0.08
    assert abs(result.error.bias) < 0.06
    assert result.counted.measured > 2
    assert result.counted.median <= 2
    assert result.gone.median <= 5
    assert 4 < result.load.mean < result.load.highest < 15
    assert result.one_in == 1


def test_a_sample_stands_for_everybody(store, settings):
    settings.VISITOR_BEATS_PER_SECOND = 12
    result = simulate(Scenario(300, ramp=10, settling_seconds=20, measured_seconds=30), store, SEED)
    assert result.one_in > 1
    assert result.ramp_load.highest > result.load.highest
    assert result.error.mean < 0.3


def test_who_forges_visitors_moves_the_number_by_the_limit_at_most(store, settings):
    settings.VISITOR_TOKENS_PER_ADDRESS = 30
    scenario = Scenario(20, ramp=10, settling_seconds=10, measured_seconds=45, forged=100)
    result = simulate(scenario, store, SEED)
    assert 20 < result.error.above <= 30 + 10


def test_a_store_that_comes_back_empty_knows_everyone_soon(store):
    scenario = Scenario(60, ramp=10, settling_seconds=10, measured_seconds=100, outage=(20, 25))
    result = simulate(scenario, store, SEED)
    hidden = [sample.t for sample in result.series[1:] if sample.shown is None]
    assert 40 <= min(hidden) < 45 <= max(hidden) <= 50
    assert 0 < result.recovered < 40


def test_a_store_from_which_nobody_goes_is_noticed(store, monkeypatch):
    seen = set()
    beat, tally = store.beat, store.tally

    def remember(token, *arguments):
        seen.add(token)
        return beat(token, *arguments)

    def count(now, counted_in):
        return tally(now, counted_in)._replace(online=len(seen))

    monkeypatch.setattr(store, "beat", remember)
    monkeypatch.setattr(store, "tally", count)
    result = simulate(SCENARIO, store, SEED)
    assert result.error.bias > 0.3


def test_lost_sign_offs_are_noticed(store):
    scenario = Scenario(
        60, network=Network(lost_sign_offs=1), ramp=20, settling_seconds=15, measured_seconds=75
    )
    result = simulate(scenario, store, SEED)
    assert result.gone.median > 5


def test_the_chart_breaks_where_no_number_was_shown(store):
    scenario = Scenario(20, ramp=5, settling_seconds=5, measured_seconds=40, outage=(10, 15))
    svg = draw({"a < b": simulate(scenario, store, SEED)})
    assert svg.count("<polyline") == 2
    assert "a &lt; b" in svg
