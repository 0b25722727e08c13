"""People who may or may not come: posts to be funded and starters to be chosen, in one model.

A member of staff whose post is not funded, or whose day off it is, is "away": a stay of its own
that excludes sessions and duties, like any other stay. So no rule needs to know of posts.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from trainsched.domain.funding import Post
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.expansion.facts import (
    Holder,
    Starter,
    add_holders,
    add_starters,
    every_slot,
    holder_id,
    is_easier_in_company,
    only_what_must_be,
    starter_ids,
)
from trainsched.expansion.part_time import choose_days, is_part_time
from trainsched.planning.build import Build, Expression, Literal
from trainsched.planning.goals.unplaced_must import unplaced_must
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.stays import Stay
from trainsched.planning.unavoidable import judge_days
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

AWAY = "away"
"""Where a post's holder is who is not there. No site of a workbook is written so, see below."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A candidate: the ``number``-th holder of a post, in one department."""

    post: str
    department: str
    number: int


@dataclass(slots=True)
class Week:
    """The literals that say in which slots of the week a unit's holder is at work.

    ``comes`` holds when the post is funded. ``there`` is by ``(weekday, period name)``.
    """

    comes: Literal
    there: dict[tuple[int, str], Literal]


@dataclass(slots=True)
class OptionalModel:
    """The model: everybody who is sure to be there, and those who may come.

    ``starters`` are the optional ones; those who are sure to come are in the organisation.
    """

    organisation: Organisation
    posts: dict[str, Post]
    units: tuple[Unit, ...]
    starters: tuple[Starter, ...]
    problem: Problem = field(init=False)
    build: Build = field(init=False)
    weeks: dict[Unit, Week] = field(default_factory=dict)
    comes: dict[Starter, Literal] = field(default_factory=dict)
    _starter_id: dict[Starter, str] = field(default_factory=dict)
    _index: dict[str, int] = field(default_factory=dict)
    impossible: str = ""
    """Why there can be no answer whatever is chosen; "" where that is not known beforehand."""

    def __post_init__(self) -> None:
        """Build it."""
        everybody, ids = self._with_everybody()
        self._starter_id = ids
        problem = index(self._without_cohorts(only_what_must_be(everybody)))
        away = {(AWAY, d.site): 0 for d in everybody.departments}
        away |= {(d.site, AWAY): 0 for d in everybody.departments}
        self.problem = replace(problem, travel_minutes=problem.travel_minutes | away)
        self._index = {p.person_id: p.index for p in problem.people}
        judgements = self._judgements()
        self.build = build_model(self.problem, judgements, before_cover=self._say_who_may_be_away)
        self._place_every_must()
        self._order_equal_units()

    def _with_everybody(self) -> tuple[Organisation, dict[Starter, str]]:
        slots = every_slot(self.organisation.calendar).weeks[0]
        holders = [Holder(u.post, u.department, u.number, slots) for u in self.units]
        staffed = add_holders(self.organisation, self.posts, holders)
        ids = starter_ids(self.starters, staffed.trainee_by_id)
        return add_starters(staffed, self.starters), ids

    def _without_cohorts(self, facts: Organisation) -> Organisation:
        """Leave optional starters out of cohorts, which hold everybody or do not happen.

        Asking less is a relaxation, to be confirmed. Cohorts that starters might make possible are
        asked of nobody.
        """
        cohorts = {a.code: is_easier_in_company(a) for a in facts.activities if a.together}
        optional = set(self._starter_id.values())
        if not cohorts or not optional:
            return facts
        gone = {
            row.activity
            for row in facts.training_plan
            if row.trainee_id in optional and cohorts.get(row.activity, False)
        }
        return facts.with_facts(
            training_plan=tuple(
                row
                for row in facts.training_plan
                if row.activity not in gone
                and not (row.activity in cohorts and row.trainee_id in optional)
            ),
            pins=tuple(pin for pin in facts.pins if pin.activity not in gone),
        )

    def _judgements(self) -> tuple[DayJudgement, ...]:
        """What may be missing on each day.

        Kept: no more than without training and without the posts; that is more than will be
        allowed once posts are there, so this model is a relaxation, to be confirmed. Full: nothing.
        """
        if self.organisation.cover_goal is CoverGoal.FULL:
            at_best = judge_days(self.problem)
            for number, judgement in enumerate(at_best):
                if any(judgement.unavoidable) and not self.impossible:
                    day = self.problem.grid.days[self.problem.cover_days[number].day]
                    self.impossible = (
                        f"duties of {day} cannot all be filled with any of the listed posts"
                    )
            return tuple(DayJudgement((0, 0, 0), j.is_simple) for j in at_best)
        optional = {self._index[holder_id(u.post, u.number)] for u in self.units}
        without = replace(
            self.problem,
            cover_days=tuple(
                replace(
                    cover_day,
                    places=tuple(
                        replace(
                            place,
                            candidates=tuple(p for p in place.candidates if p not in optional),
                        )
                        for place in cover_day.places
                    ),
                )
                for cover_day in self.problem.cover_days
            ),
        )
        return judge_days(without)

    # Who comes, and when

    def _say_who_may_be_away(self, build: Build) -> None:
        serving = {person for offering in build.offerings for r in offering.roles for person in r}
        covering = {
            person
            for cover_day in build.problem.cover_days
            for place in cover_day.places
            for person in place.candidates
        }
        grid = build.problem.grid
        for unit in self.units:
            person = self._index[holder_id(unit.post, unit.number)]
            week = self._week(build, unit)
            self.weeks[unit] = week
            if person not in serving and person not in covering:
                build.model.add(week.comes == 0)
                continue
            off: dict[int, Literal] = {}
            for slot in range(len(grid.days) * grid.periods):
                day = grid.days[grid.day_of(slot)]
                name = grid.calendar.period_names[grid.position_of(slot)]
                there = week.there.get((day.weekday(), name))
                if there is None:
                    continue
                if there.index not in off:
                    literal = build.literal()
                    build.model.add(literal + there == 1)
                    off[there.index] = literal
                build.stays.add(person, slot, Stay(off[there.index], AWAY))
                build.note_engagement(person, slot, off[there.index])

    def _week(self, build: Build, unit: Unit) -> Week:
        post = self.posts[unit.post]
        calendar = self.organisation.calendar
        comes = build.literal()
        slots = every_slot(calendar).weeks[0]
        if not is_part_time(post, calendar):
            return Week(comes, dict.fromkeys(slots, comes))
        return Week(comes, choose_days(build, post, calendar, comes))

    def _place_every_must(self) -> None:
        build = self.build
        chosen: dict[int, Literal] = {}
        for starter in self.starters:
            literal = build.literal()
            self.comes[starter] = literal
            chosen[self._index[self._starter_id[starter]]] = literal
        for demand in build.problem.demands:
            if demand.trainee in chosen:
                build.model.add(
                    build.unplaced[demand.index]
                    == demand.required - demand.required * chosen[demand.trainee]
                )
        sure = unplaced_must(build) - sum(
            build.unplaced[d.index]
            for d in build.problem.demands
            if d.trainee in chosen and d.priority == 0
        )
        build.model.add(sure == 0)

    def _order_equal_units(self) -> None:
        """Of equal units the first ones come first: it makes no other difference."""
        rows: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for unit in self.units:
            rows[unit.post, unit.department].append(unit)
        for row in rows.values():
            for one, other in pairwise(row):
                self.build.model.add(self.weeks[one].comes >= self.weeks[other].comes)
        most = defaultdict(list)
        for unit in self.units:
            most[unit.post].append(self.weeks[unit].comes)
        for post, literals in most.items():
            limit = self.posts[post].max_posts
            if limit is not None and limit < len(literals):
                self.build.model.add(sum(literals) <= limit)
        self._order_starters()

    def _order_starters(self) -> None:
        """Starters of a department come in their turn, each to one university."""
        turns: dict[tuple[str, str, int, int], list[Literal]] = defaultdict(list)
        for starter, literal in self.comes.items():
            key = starter.programme, starter.department, starter.year, starter.turn
            turns[key].append(literal)
        for (programme, department, year, turn), literals in turns.items():
            if len(literals) > 1:
                self.build.model.add_at_most_one(literals)
            before = turns.get((programme, department, year, turn - 1))
            if before is not None:
                self.build.model.add(sum(before) >= sum(literals))

    # What is asked, and what came out

    def read_units(self, value: Callable[[Expression], int]) -> tuple[Holder, ...]:
        """The holders of a solution, with the slots of the week that were chosen for them."""
        return tuple(
            Holder(
                unit.post,
                unit.department,
                unit.number,
                tuple(slot for slot, literal in sorted(week.there.items()) if value(literal)),
            )
            for unit, week in self.weeks.items()
            if value(week.comes)
        )

    def forbid_weeks(self, value: Callable[[Expression], int]) -> None:
        """Rule out the days of a solution, which turned out not to do."""
        literals = {
            literal.index: literal
            for week in self.weeks.values()
            for literal in week.there.values()
        }
        self.build.model.add_bool_or(
            [lit.negated() if value(lit) else lit for _, lit in sorted(literals.items())]
        )
