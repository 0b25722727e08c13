"""The model under construction: its variables by the names that the rules use.

An offering may be used by several sessions side by side. Its variables say how many trainees
attend and which staff fill each role; who sits in which of the parallel sessions matters
to no hard rule but pins, so it is decided afterwards (see ``pairing``). Sessions that hold pins
have variables of their own.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from trainsched.planning.crowd import Crowd, Newcomers, Number, newcomers_among, number_in
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.stays import Stay, Stays
from trainsched.problem.demands import Demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

Literal = cp_model.IntVar
Expression = cp_model.LinearExpr | int
YES_OR_NO = cp_model.Domain(0, 1)


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """How a day's cover stands in the model.

    ``written_out``: every place by person. Otherwise by counting rows, with variables only for
    those in ``by_person`` (who might be at two sites), for places of several slots, for presence
    that sessions elsewhere could take away, and for rostered people where changes are counted.
    ``is_traded``: what is missing anyway may be missing in this slot or in that; then presence is
    written out too where there may be too few for it.
    """

    written_out: bool
    by_person: frozenset[int] = frozenset()
    is_traded: bool = False


@dataclass(frozen=True, slots=True)
class PinnedSession:
    """A session told apart from those that may run beside it: who is in it, by literals.

    It holds a pin or is one of an earlier plan. ``is_held``: there is such a session. ``staff``
    is by ``(role, person)``. Who could never be in it may be left out.
    """

    is_held: Literal
    demands: dict[int, Literal]
    staff: dict[tuple[int, int], Literal]


@dataclass(slots=True)
class Build:
    """A CP-SAT model with its variables.

    ``attends[offering, demand]``: the trainee has a session of the offering.
    ``serves[offering, role, person]``: the person fills the role in one of its sessions.
    ``runs[offering]``: the number of sessions, an expression.
    ``holds[offering, position, item]``: units of the item held for the position of the list.
    ``fills[day, place, person]``: the person fills a place that is filled by name.
    """

    problem: Problem
    judgements: tuple[DayJudgement, ...]
    with_changes: bool = False
    alike: Mapping[int, Crowd] = field(default_factory=dict)
    """For a trainee who stands for several alike: how many. Then ``attends`` counts them, and what
    holds for each is asked of their sum only: a relaxation, good for proofs that there is no plan.
    """
    newcomers: Newcomers | None = None
    """How many newcomers there are, where some of those alike are newcomers."""
    numbers: dict[int, Number] = field(default_factory=dict)
    """For each trainee in ``alike``, how many they stand for."""
    standing: Mapping[int, int] = field(default_factory=dict)
    """Offerings whose sessions stand: everybody in them is, and so many run side by side."""
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    stays: Stays = field(default_factory=Stays)
    attends: dict[tuple[int, int], Literal] = field(default_factory=dict)
    serves: dict[tuple[int, int, int], Literal] = field(default_factory=dict)
    runs: dict[int, Expression] = field(default_factory=dict)
    holds: dict[tuple[int, int, str], Literal] = field(default_factory=dict)
    offerings_of_demand: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    serving: dict[int, list[tuple[int, Literal]]] = field(default_factory=lambda: defaultdict(list))
    """For each person, ``(offering, literal)`` of every role they may fill."""
    fills: dict[tuple[int, int, int], Literal] = field(default_factory=dict)
    pinned_sessions: dict[int, tuple[PinnedSession, ...]] = field(default_factory=dict)
    """For each offering its sessions that hold pins or are of an earlier plan, where other
    sessions might run beside them."""
    kept: dict[int, Literal] = field(default_factory=dict)
    """For each session of an earlier plan that could be kept, whether it is, by its place."""
    cover_plans: dict[int, CoverPlan] = field(default_factory=dict)
    """How each cover day that training can touch is modelled, by its number."""
    unplaced: dict[int, Literal] = field(default_factory=dict)
    """For each demand, how many of its required sessions are not placed."""
    missing: dict[tuple[int, int], Literal] = field(default_factory=dict)
    """``(day, place)``: missing places, where a place is filled by name and may stay empty."""

    def __post_init__(self) -> None:
        """Count those who are alike."""
        self.newcomers = newcomers_among(self.model, self.alike.values())
        self.numbers = {
            trainee: number_in(crowd, self.newcomers)
            for trainee, crowd in sorted(self.alike.items())
        }
        if self.newcomers is not None:
            self.newcomers.add_up()

    @property
    def open_offerings(self) -> list[Offering]:
        """Those about which there is something to decide: not the standing ones."""
        return [o for o in self.problem.offerings if o.index not in self.standing]

    @property
    def offerings(self) -> tuple[Offering, ...]:
        """The offerings of the problem."""
        return self.problem.offerings

    def literal(self) -> Literal:
        """A new yes/no variable. It has no name: nobody reads names, and they double its cost."""
        return Literal(self.model.model_proto).with_domain(YES_OR_NO)

    def is_counted(self, demand: int) -> bool:
        """Whether the demand is for trainees alike, who are counted."""
        return self.problem.demands[demand].trainee in self.alike

    def times(self, demand: int) -> Number:
        """How many trainees alike the demand is for: mostly one."""
        return self.numbers.get(self.problem.demands[demand].trainee, 1)

    def most_times(self, demand: int) -> int:
        """How many they are at the most."""
        crowd = self.alike.get(self.problem.demands[demand].trainee)
        return 1 if crowd is None else crowd.most

    def choice(self, offering: int) -> Literal:
        """A new yes/no variable about an offering; certain where its sessions stand."""
        if offering not in self.standing:
            return self.literal()
        if self._certain is None:
            self._certain = self.model.new_constant(1)
        return self._certain

    _certain: Literal | None = None

    def needed(self, demand: Demand) -> Expression:
        """Sessions that the demand needs here, those placed elsewhere taken off."""
        elsewhere = self.problem.placed_elsewhere.get(demand.index, 0)
        return demand.required * self.times(demand.index) - elsewhere

    def placed(self, demand: int) -> list[Literal]:
        """Literals whose sum is the number of sessions placed for the demand."""
        return [self.attends[o, demand] for o in self.offerings_of_demand[demand]]

    def sessions_at(self, person: int, slot: int) -> list[Literal]:
        """Literals of sessions that would hold the person in the slot (duties left out)."""
        return self._sessions.get((person, slot), [])

    _sessions: dict[tuple[int, int], list[Literal]] = field(
        default_factory=lambda: defaultdict(list)
    )
    counted_at: dict[tuple[int, int], list[Literal]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """``(trainee, slot)``: what counts those of several alike who are in sessions then."""

    def note_engagement(self, person: int, slot: int, literal: Literal) -> None:
        """Note one more thing that may keep the person from duties in the slot."""
        self._sessions[person, slot].append(literal)

    def hold_in_session(self, person: int, offering: Offering, literal: Literal) -> None:
        """Note that the literal keeps the person in a session of the offering, in all its slots."""
        stay = Stay(literal, self.problem.site_of(offering.department))
        for slot in offering.slots:
            self.stays.add(person, slot, stay)
            self.note_engagement(person, slot, literal)
