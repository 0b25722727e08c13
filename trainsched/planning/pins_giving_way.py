"""Pins that could be kept if nobody were away, and cannot now: they give way, and no others do."""

from collections.abc import Sequence
from dataclasses import replace

from trainsched.domain.curriculum import Pin
from trainsched.domain.news import News, PinGivenWay
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.planning.engine import Engine
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.limits import deterministic_limit
from trainsched.planning.pins import faults_of_pin
from trainsched.planning.search.pin_start import PinsClashError, begin_with_pins
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.problem import PinNeed, Problem


def let_pins_give_way(organisation: Organisation, news: News, published: Plan) -> News:
    """The news with every pin that absence alone makes impossible.

    As many pins stay as can, the first rows before the others. A pin that could not be kept if
    everybody were there stays too: it is a fault of the workbook, and the plan will say so.
    """
    now = _Facts(news.applied_to(organisation), published)
    then = _Facts(_without(news).applied_to(organisation), published)
    given_way: list[PinGivenWay] = []
    kept: list[PinNeed] = []
    for pin in now.problem.pins:
        if not faults_of_pin(now.problem, pin):
            kept.append(pin)
        elif not faults_of_pin(then.problem, then.same(pin)):
            given_way.append(_given_way(organisation, news, published, pin, ()))
    while not now.can_keep(kept):
        number = now.first_too_many(kept)
        if not then.can_keep([then.same(pin) for pin in kept[: number + 1]]):
            break
        pin = kept.pop(number)
        given_way.append(_given_way(organisation, news, published, pin, kept[:number]))
    return news.model_copy(update={"pins_given_way": (*news.pins_given_way, *given_way)})


class _Facts:
    """The problem as it is with or without somebody, and the question which pins it can keep."""

    def __init__(self, organisation: Organisation, published: Plan) -> None:
        self.problem = index(organisation, published)
        self._judgements: tuple[DayJudgement, ...] | None = None

    def same(self, pin: PinNeed) -> PinNeed:
        """The same pin under these facts."""
        return next(one for one in self.problem.pins if _is_same(one.pin, pin.pin))

    def can_keep(self, pins: list[PinNeed]) -> bool:
        """Whether all of these pins can be kept together; if it is not settled, yes."""
        if self._judgements is None:
            self._judgements = judge_days(self.problem)
        problem: Problem = replace(self.problem, pins=tuple(pins))
        engine = Engine(seed=0, workers=1, deterministic_limit=deterministic_limit(problem, None))
        try:
            begin_with_pins(problem, self._judgements, engine)
        except PinsClashError:
            return False
        except TimeoutError:
            return True
        return True

    def first_too_many(self, pins: list[PinNeed]) -> int:
        """The place of the first pin that cannot be kept beside all before it."""
        fewest, most = 0, len(pins)
        while most - fewest > 1:
            middle = (fewest + most) // 2
            if self.can_keep(pins[:middle]):
                fewest = middle
            else:
                most = middle
        return most - 1


def _is_same(whole: Pin, part: Pin) -> bool:
    """Whether it is one row of the workbook, perhaps without some of its people."""
    if (whole.row, whole.activity, whole.date, whole.period) != (
        part.row,
        part.activity,
        part.date,
        part.period,
    ):
        return False
    return not set(whole.trainee_ids).isdisjoint(part.trainee_ids)


def _without(news: News, person_id: str | None = None) -> News:
    """The news without the absences of one person, or without any."""
    left = () if person_id is None else tuple(a for a in news.absences if a.person_id != person_id)
    return news.model_copy(update={"absences": left})


def _given_way(
    organisation: Organisation,
    news: News,
    published: Plan,
    pin: PinNeed,
    beside: Sequence[PinNeed],
) -> PinGivenWay:
    """What is said of the pin, and of whom: those whose coming back alone would let it be kept.

    If there are no such people, all who are away then are named, or all who are away at all.
    """
    row = next(one for one in organisation.pins if _is_same(one, pin.pin))
    people = sorted({a.person_id for a in news.absences})
    that_day = [person for person in people if news.has_away(person, row.date)] or people
    away = that_day
    if len(that_day) > 1:
        away = [
            person
            for person in that_day
            if _can_keep_with(organisation, _without(news, person), published, pin, beside)
        ]
    return PinGivenWay(
        trainee_ids=row.trainee_ids,
        activity=row.activity,
        date=row.date,
        period=row.period,
        away=tuple(away or that_day),
    )


def _can_keep_with(
    organisation: Organisation,
    news: News,
    published: Plan,
    pin: PinNeed,
    beside: Sequence[PinNeed],
) -> bool:
    facts = _Facts(news.applied_to(organisation), published)
    mine = facts.same(pin)
    return not faults_of_pin(facts.problem, mine) and facts.can_keep(
        [*(facts.same(other) for other in beside), mine]
    )
