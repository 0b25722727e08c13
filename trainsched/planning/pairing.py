"""Who sits with whom when sessions of one offering run side by side.

No hard rule depends on it beyond group sizes and training officers, so it is decided here, in
order of time, so that trainees stay with the trainers whom they know. Sessions that hold pins are
told apart by the model (see ``rules.pinned``); only the others are seated here.
"""

from collections import defaultdict

from trainsched.problem.demands import ActivityNeed
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

Seats = list[tuple[tuple[int, ...], tuple[tuple[int, int], ...]]]


def most_sessions(offering: Offering, need: ActivityNeed) -> int:
    """How many sessions of the offering could run side by side, by its people alone."""
    most = len(offering.attendees) // max(need.activity.group_min, 1)
    for role, people in zip(need.roles, offering.roles, strict=True):
        most = min(most, len(people) // role.count)
    return most


class Pairer:
    """Seats sessions one offering after another and remembers who taught whom."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.published = {} if problem.published is None else problem.published.by_offering()
        self.taught: dict[tuple[int, int], int] = defaultdict(int)

    def seat(
        self,
        number: int,
        runs: int,
        demands: tuple[int, ...],
        serving: tuple[tuple[int, ...], ...],
        seated: Seats,
    ) -> Seats:
        """For each of the parallel sessions the demands that attend and the staff by role.

        ``seated`` are those of them that stand already; the people left make up the others.
        """
        offering = self.problem.offerings[number]
        published = self.published.get(number)
        if published is not None:
            seats = [(session.demands, session.staff) for session in published]
        else:
            gone = {demand for group, _ in seated for demand in group}
            busy = {pair for _, staff in seated for pair in staff}
            others = tuple(demand for demand in demands if demand not in gone)
            waiting = [
                [person for person in people if (role, person) not in busy]
                for role, people in enumerate(serving)
            ]
            teams = self._teams(offering, runs - len(seated), waiting)
            groups = self._groups(offering, others, teams)
            seats = seated + [
                (
                    tuple(sorted(group)),
                    tuple((role, person) for role, people in enumerate(team) for person in people),
                )
                for group, team in zip(groups, teams, strict=True)
            ]
        for group_seated, staff in seats:
            for demand in group_seated:
                for role, person in staff:
                    if role == 0:
                        self.taught[demand, person] += 1
        return seats

    def items(self, number: int, held: tuple[tuple[str, ...], ...], seat: int) -> tuple[str, ...]:
        """The equipment of one of the parallel sessions: as published, else one unit for each."""
        published = self.published.get(number)
        if published is not None:
            return published[seat].items
        return tuple(sorted(units[seat] for units in held))

    def _teams(
        self, offering: Offering, runs: int, waiting: list[list[int]]
    ) -> list[list[tuple[int, ...]]]:
        """Deal the people of each role out to the sessions, in order."""
        roles = self.problem.activities[offering.activity].roles
        teams: list[list[tuple[int, ...]]] = [[] for _ in range(runs)]
        for role, people in zip(roles, waiting, strict=True):
            for position, team in enumerate(teams):
                first = position * role.count
                team.append(tuple(people[first : first + role.count]))
        return teams

    def _groups(
        self,
        offering: Offering,
        demands: tuple[int, ...],
        teams: list[list[tuple[int, ...]]],
    ) -> list[list[int]]:
        if len(teams) == 1:
            return [list(demands)]
        need = self.problem.activities[offering.activity]
        groups: list[list[int]] = [[] for _ in teams]
        waiting = set(self._seat_with_officers(offering, list(demands), teams, groups))
        best_first = sorted(
            (-self._affinity(demand, team), demand, n)
            for demand in waiting
            for n, team in enumerate(teams)
        )
        for size in (max(need.activity.group_min, 1), need.group_max):
            for _, demand, n in best_first:
                if demand in waiting and len(groups[n]) < size:
                    groups[n].append(demand)
                    waiting.remove(demand)
        return groups

    def _seat_with_officers(
        self,
        offering: Offering,
        waiting: list[int],
        teams: list[list[tuple[int, ...]]],
        groups: list[list[int]],
    ) -> list[int]:
        """Each officer in a session has a trainee of theirs in it."""
        roles = self.problem.activities[offering.activity].roles
        for position, role in enumerate(roles):
            if not role.of_officers:
                continue
            for group, team in zip(groups, teams, strict=True):
                for officer in team[position]:
                    own = [d for d in waiting if self.problem.demands[d].officer == officer]
                    seated = [d for d in group if self.problem.demands[d].officer == officer]
                    if own and not seated:
                        group.append(own[0])
                        waiting.remove(own[0])
        return waiting

    def _affinity(self, demand: int, team: list[tuple[int, ...]]) -> int:
        return sum(self.taught[demand, person] for person in team[0]) if team else 0
