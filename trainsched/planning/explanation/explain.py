"""Explains what a plan leaves out: each requirement by itself, then what they have in common."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from trainsched.declared import Costs
from trainsched.domain.explanation import (
    Cause,
    Explanation,
    Fact,
    ItemExplanation,
    Others,
    Standing,
    Unlock,
)
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Unplaced
from trainsched.domain.progress import Progress, ProgressListener
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation.attempts import Attempts
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.candidates import Candidates
from trainsched.planning.explanation.conditions import Conditions
from trainsched.planning.explanation.core import Core, Reducer
from trainsched.planning.explanation.near import Settled, settle
from trainsched.planning.explanation.question import Answer, ask
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.explanation.times import times_of
from trainsched.planning.explanation.unlocks import find_unlocks
from trainsched.problem.demands import PRIORITIES
from trainsched.problem.index import index

FOR_ONE_CORE = 7.0
FOR_ONE_UNLOCKING = 6.0
FOR_EVERYTHING = 110.0
SHARE_OF_FACTS = 0.6
"""For the facts of one requirement, for what would help it, in all, and the share of this for the
facts of all: in the units of ``Budget``, which are about seconds of a usual machine."""
DETERMINISTIC_PER_SECOND = 1.0

FIRST_AMONG_EQUALS = (
    *(RuleId.CLINICAL_COVER, RuleId.QUALIFIED, RuleId.EQUIPMENT, RuleId.TRAINER_LOAD),
    *(RuleId.TIME_WINDOW, RuleId.SPACING, RuleId.ACTIVITY_ORDER, RuleId.GROUP_SIZE),
)
RANK = {priority: place for place, priority in enumerate(PRIORITIES)}


class Only(NamedTuple):
    """One trainee, one activity, or both; None leaves nobody and nothing out."""

    trainee: str | None = None
    activity: str | None = None


EVERYTHING = Only()


def explain_plan(
    organisation: Organisation,
    plan: Plan,
    *,
    costs: Costs,
    only: Only = EVERYTHING,
    time_limit: float | None = None,
    seed: int = 0,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Explanation:
    """Why the plan leaves out what it does, and what would place it.

    The plan must keep every rule. ``only`` narrows it down. The most important requirements
    come first; those for which the time does not suffice are named.
    """
    limit = FOR_EVERYTHING
    if time_limit is not None:
        limit = min(limit, DETERMINISTIC_PER_SECOND * time_limit)
    deadline = None if time_limit is None else time.monotonic() + time_limit
    budget = Budget(limit, deadline, seed, stop)
    wanted = [
        item
        for item in plan.unplaced
        if only.trainee in (None, item.trainee_id) and only.activity in (None, item.activity)
    ]
    wanted.sort(key=lambda item: (RANK[item.priority], item.trainee_id, item.activity))
    rest = Rest(organisation, plan, index(organisation))
    items = [_Item(rest, item, costs, budget) for item in wanted]

    def looking_for(what: str, many: list[_Item]) -> Iterator[tuple[_Item, int]]:
        """Each item in turn, with how many are still waiting; none when there is no time left."""
        for number, item in enumerate(many):
            if budget.is_spent:
                return
            if progress is not None:
                who = f"{', '.join(item.key)} ({number + 1} of {len(many)})"
                progress(Progress(what, part=who))
            yield item, len(many) - number

    # The facts of all come before what would help any: nobody is left without a reason.
    for one, waiting in looking_for("looking for what is in the way", items):
        one.find_facts(SHARE_OF_FACTS * budget.deterministic_left / waiting)
    looked_at = [item for item in items if item.standing is not None]
    ruled_out = [item for item in looked_at if item.core is not None]
    for one, waiting in looking_for("looking for what would help", ruled_out):
        one.find_unlocks(budget.deterministic_left / waiting)
    found = [item.explained() for item in looked_at]
    left_out = [item.key for item in items if item.standing is None]
    found.sort(key=lambda one: (one.trainee_id, one.activity))
    return Explanation(
        organisation=organisation.name,
        start_date=organisation.calendar.start_date,
        weeks=organisation.calendar.weeks,
        items=tuple(found),
        causes=_causes(found, rest),
        not_explained=tuple(sorted(left_out)),
    )


class _Item:
    """One requirement of which sessions are missing. ``standing`` is None until it is looked at."""

    def __init__(self, rest: Rest, item: Unplaced, costs: Costs, budget: Budget) -> None:
        self.key = item.trainee_id, item.activity
        self.item = item
        self.costs = costs
        self.budget = budget
        self.important = rest.counting(rest.demand_of[self.key].priority)
        self.everything = rest.counting(len(PRIORITIES))
        self.times = times_of(rest.problem, self.key)
        self.standing: Standing | None = None
        self.others = Others.MAY_MOVE
        self.core: Core | None = None
        self.unlocks: tuple[Unlock, ...] = ()
        self.was_enough = False

    def find_facts(self, share: float) -> None:
        """Whether the session is ruled out, and by what; ``share`` is of the whole budget."""
        budget = self.budget.part(min(FOR_ONE_CORE, share))
        settled = settle(self.important.organisation, self.important, self.key, budget)
        if settled.answer is Answer.OPEN:
            self.others = Others.STAND
            settled = self._beside_the_rest(budget)
        if settled.answer is Answer.IMPOSSIBLE:
            conditions = Conditions(self.important, self.times, self.key).listed(settled.working)
            reducer = Reducer(self.important, settled, self.key, self.others, conditions, budget)
            self.core = reducer.reduce()
            self.standing = self.core.standing
        elif self.others is Others.MAY_MOVE:
            self.standing = Standing.CAN_BE_PLACED
        else:
            self.standing = Standing.NOT_SETTLED
        self._spend(budget)

    def find_unlocks(self, share: float) -> None:
        """What would place the session that the facts rule out."""
        if self.core is None:
            return
        budget = self.budget.part(min(FOR_ONE_UNLOCKING, share))
        attempts = Attempts(self.everything, self.times, self.key, self.core, self.costs, budget)
        self.unlocks = tuple(found.unlock for found in find_unlocks(attempts))
        self.was_enough = not budget.is_spent
        self._spend(budget)

    def _spend(self, part: Budget) -> None:
        self.budget.questions += part.questions
        self.budget.deterministic_left -= part.spent

    def _beside_the_rest(self, budget: Budget) -> Settled:
        """Whether the session is impossible at least while all others stay where they are."""
        rest = self.important
        working = rest.with_company({self.key, *rest.of_activity[self.key[1]]})
        budget.deterministic_left = max(budget.deterministic_left, FOR_ONE_CORE / 2)
        least = rest.least(working, self.key)
        found = ask(rest.organisation, rest, least, budget, standing=True)
        return Settled(found.answer, working, found)

    def explained(self) -> ItemExplanation:
        """Facts, ways out, and who could take the session."""
        core, order = self.core, list(RuleId)
        facts = () if core is None else tuple(c.fact for c in core.conditions)
        note = "" if core is None else _note(self.unlocks, was_enough=self.was_enough)
        return ItemExplanation(
            trainee_id=self.item.trainee_id,
            activity=self.item.activity,
            priority=self.item.priority,
            required=self.item.required,
            placed=self.item.placed,
            status=self.standing or Standing.NOT_SETTLED,
            others=self.others,
            starts=len(self.times.starts),
            facts=tuple(sorted(facts, key=lambda f: (order.index(f.rule), f.kind, f.subject))),
            background=_background(core),
            unlocks=self.unlocks,
            unlocks_note=note,
            could_take=Candidates(self.everything, self.times).listed(),
        )


def _background(core: Core | None) -> str:
    if core is None or core.conditions:
        return ""
    return (
        "None of the facts that could be otherwise is needed for this: the plan's working days, "
        "where the trainee is hosted, and one place at a time leave no room for a further session."
    )


def _note(unlocks: tuple[Unlock, ...], *, was_enough: bool) -> str:
    if unlocks and was_enough:
        return ""
    if not was_enough:
        return "The time did not suffice to try every change."
    return (
        "None of the changes that were tried was seen to place the session by itself; other "
        "sessions were moved only in the same weeks for that."
    )


def _causes(items: list[ItemExplanation], rest: Rest) -> tuple[Cause, ...]:
    """The facts with a part in most of what is missing, the largest part first.

    Of equal ones those come first that a head can do more about than one person's diary.
    """
    grid = rest.problem.grid

    def weeks(item: ItemExplanation, fact: Fact) -> Iterable[int]:
        """The weeks of the fact; for one that says no times, all in which the session could be."""
        if fact.slots:
            return {grid.week_of_day[grid.day_index[slot.date]] for slot in fact.slots}
        return times_of(rest.problem, (item.trainee_id, item.activity)).weeks()

    facts: dict[tuple[RuleId, str, str | None], list[tuple[ItemExplanation, Fact]]]
    facts = defaultdict(list)
    for item in items:
        for fact in item.facts:
            facts[fact.rule, fact.subject, fact.department].append((item, fact))
    causes = [
        Cause(
            rule=rule,
            subject=subject,
            department=department,
            detail=found[0][1].kind,
            missing=sum(i.required - i.placed for i in {id(i): i for i, _ in found}.values()),
            items=len({id(i) for i, _ in found}),
            weeks=tuple(sorted({week for item, fact in found for week in weeks(item, fact)})),
        )
        for (rule, subject, department), found in facts.items()
    ]
    order = [*FIRST_AMONG_EQUALS, *(rule for rule in RuleId if rule not in FIRST_AMONG_EQUALS)]
    return tuple(
        sorted(causes, key=lambda c: (-c.missing, -c.items, order.index(c.rule), c.subject))
    )
