"""Why something was not placed: for every possible start, the first rule that is in the way."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from trainsched.domain.plan import Reason
from trainsched.domain.rules import RuleId
from trainsched.planning.in_the_way import InTheWay
from trainsched.planning.search.placing import counted_goals
from trainsched.problem.demands import Demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

if TYPE_CHECKING:
    from trainsched.planning.search import Search

MOST_REASONS = 3
MOST_NAMES = 3

BLOCKED: dict[RuleId, str] = {
    RuleId.ONE_PLACE_AT_A_TIME: "the trainee or everyone for some role is in another session",
    RuleId.QUALIFIED: "too few different people are free for all roles together",
    RuleId.CLINICAL_COVER: "those whom it needs cannot be spared from clinical duties",
    RuleId.TRAINER_LOAD: "everyone free who could fill a role has reached their limit of sessions",
    RuleId.TRAINEE_LOAD: "the trainee's day is full of taught periods",
    RuleId.SPACING: "another session of the same activity is too near",
    RuleId.TRAINING_DEMAND: "the week already has what it asks for",
    RuleId.ACTIVITY_ORDER: "the order of activities does not allow it: what must come first is "
    "not complete by then",
    RuleId.EQUIPMENT: "the equipment is in use",
    RuleId.GROUP_SIZE: "too few of those who still need it could come",
    RuleId.TRAVEL: "the trainee or everyone for some role would not have time to travel",
    RuleId.PUBLISHED: "the time is locked, because its sessions are published",
}
REFUSED: dict[RuleId, str] = {
    RuleId.AT_WORK: "the trainee is not at work, or the department is shut",
    RuleId.REST_AFTER_ON_CALL: "the trainee rests after a night on call",
    RuleId.TIME_WINDOW: "the start is outside the weeks allowed or past the deadline",
    RuleId.TRAINING_DEMAND: "the week asks for no session",
    RuleId.EQUIPMENT: "the equipment is not available",
    RuleId.QUALIFIED: "no qualified trainer is at work for every role",
    RuleId.GROUP_SIZE: "too few of the group's trainees are there",
}


class Reasons:
    """Explains what is missing against the finished plan, all else left as it is."""

    def __init__(self, problem: Problem, search: "Search") -> None:
        self.problem = problem
        self.search = search
        self.in_the_way = InTheWay(
            problem,
            search.sessions,
            search.judgements,
            share=search.share,
            until=search.until,
        )
        self.possible: dict[int, list[Offering]] = defaultdict(list)
        for offering in problem.offerings:
            for demand in offering.attendees:
                self.possible[demand].append(offering)

    def of(self, demand: Demand) -> tuple[Reason, ...]:
        """The rules most often in the way of the missing sessions, each with a count of starts."""
        starts = self.possible.get(demand.index, [])
        if not starts:
            return self._nothing_possible(self.problem.refused[demand.index])
        attended = {offering.index for offering in self.in_the_way.of_demand[demand.index]}
        blocked: Counter[RuleId] = Counter()
        away: Counter[int] = Counter()
        fitting, unsettled = 0, 0
        for offering in starts:
            if offering.index in attended:
                continue
            found = self.in_the_way.at(demand, offering)
            away.update(found.who)
            if found.rule is not None:
                blocked[found.rule] += 1
            elif found.is_open:
                unsettled += 1
            else:
                fitting += 1
        total = len(starts) - len(attended)
        reasons = self._in_words(blocked, away, total)
        if fitting:
            reasons.append(self._fits(fitting, total))
        if unsettled:
            detail = (
                f"At {unsettled} of {total} possible starts it was not looked into whether cover "
                "could be kept."
            )
            reasons.append(Reason(rule=RuleId.CLINICAL_COVER, detail=detail))
        if not reasons:
            detail = "Every possible start is already used by this activity."
            reasons.append(Reason(rule=RuleId.TRAINING_DEMAND, detail=detail))
        return tuple(reasons)

    def _nothing_possible(self, refused: Counter[RuleId]) -> tuple[Reason, ...]:
        total = sum(refused.values())
        ranked = sorted(refused.items(), key=lambda r: (r[0] is RuleId.TIME_WINDOW, -r[1], r[0]))
        reasons = tuple(
            Reason(
                rule=rule,
                detail=f"No start is possible: at {count} of {total} starts {REFUSED[rule]}.",
            )
            for rule, count in ranked[:MOST_REASONS]
        )
        nothing = Reason(
            rule=RuleId.TIME_WINDOW,
            detail="No start is possible: the plan has no open working day.",
        )
        return reasons or (nothing,)

    def _in_words(self, blocked: Counter[RuleId], away: Counter[int], total: int) -> list[Reason]:
        ranked = sorted(blocked.items(), key=lambda item: (-item[1], item[0]))
        reasons: list[Reason] = []
        for rule, count in ranked[:MOST_REASONS]:
            who = self._who(away, count) if rule is RuleId.GROUP_SIZE else ""
            detail = f"At {count} of {total} possible starts {BLOCKED[rule]}{who}."
            reasons.append(Reason(rule=rule, detail=detail))
        return reasons

    def _who(self, away: Counter[int], count: int) -> str:
        """The trainees who most often could not come."""
        most = sorted(away.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMES]
        if not most:
            return ""
        named = [
            self.problem.people[trainee].person_id + ("" if times == count else f" at {times}")
            for trainee, times in most
        ]
        more = " and others" if len(away) > MOST_NAMES else ""
        return f"; those who could not: {', '.join(named)}{more}"

    def _fits(self, fitting: int, total: int) -> Reason:
        """Starts at which nothing stands in the way of this one session."""
        goals = counted_goals(self.problem)
        proved = all(self.search.figures[counted.goal].is_proved for counted in goals)
        why = (
            "it is proved that the plan as a whole has no room for it"
            if proved
            else "the search ended before this was settled; a longer time limit may place it"
        )
        detail = (
            f"At {fitting} of {total} possible starts nothing was found to be in the way: {why}."
        )
        return Reason(rule=RuleId.TRAINING_DEMAND, detail=detail)
