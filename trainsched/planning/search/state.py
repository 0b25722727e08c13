"""What a search knows so far: the best sessions, who covers what, and each goal's figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from trainsched.domain.rules import GoalId
from trainsched.planning.build import Build
from trainsched.planning.day_filler import Engagements
from trainsched.planning.draft import DraftSession, engagements
from trainsched.planning.engine import Engine
from trainsched.planning.figures import GoalFigures
from trainsched.planning.hand_out import DayCover, hand_out_day
from trainsched.planning.hints import clear_hints
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.search.standing import Standing
from trainsched.problem.problem import Problem


@dataclass(slots=True)
class Search:
    """A search under way. ``cover`` is by number of the cover day, once it has been handed out."""

    problem: Problem
    judgements: tuple[DayJudgement, ...]
    engine: Engine
    sessions: tuple[DraftSession, ...] = ()
    figures: dict[GoalId, GoalFigures] = field(default_factory=dict)
    cover: dict[int, DayCover] = field(default_factory=dict)
    share: float = 1.0
    """The problem's share of the whole plan, where that is made in parts."""
    until: float | None = None
    """When the plan should be written, reasons and all, in seconds of ``time.monotonic``."""
    accepted_share: Fraction = Fraction(0)
    """What the worst-off trainee elsewhere has anyway: nobody here need be better off."""

    least_missing: dict[tuple[str, int], int] = field(default_factory=dict)
    """``(department, priority)``: sessions that its trainees must go without, as far as proved."""
    handed_out: dict[int, tuple[Engagements, DayCover]] = field(default_factory=dict)
    """How each cover day was handed out last, and around whom in sessions of that day."""
    spare_build: Build | None = None
    """The model of the whole problem with no goal's limits in it, for the next who needs one."""
    _standing: Standing | None = None

    @property
    def standing(self) -> Standing:
        """The sessions so far with their index, which is made once for each plan."""
        if self._standing is None or self._standing.sessions is not self.sessions:
            self._standing = Standing(self.problem, self.sessions)
        return self._standing

    def take_spare_build(self) -> Build | None:
        """The spare model, which is then nobody else's."""
        build, self.spare_build = self.spare_build, None
        if build is not None:
            clear_hints(build.model)
        return build

    def note_replaced(
        self,
        before: tuple[DraftSession, ...],
        old: Iterable[DraftSession],
        new: Iterable[DraftSession],
    ) -> None:
        """Bring the index from the sessions before to those so far: what left, and what came."""
        if self._standing is not None and self._standing.sessions is before:
            self._standing.replace(old, new, self.sessions)

    @property
    def changes(self) -> Fraction:
        """Rostered duty-slots that changed hands, as the cover stands."""
        return Fraction(sum(cover.changes for cover in self.cover.values()))

    def hand_out(self, days: Iterable[int] | None = None) -> None:
        """Hand the duties of some cover days out anew (None: of all); the others stay."""
        engaged = self._engaged_by_day()
        handed_out = dict(self.cover)
        for number in range(len(self.problem.cover_days)) if days is None else days:
            here = engaged.get(self.problem.cover_days[number].day, {})
            known = self.handed_out.get(number)
            if known is None or known[0] != here:
                cover = hand_out_day(self.problem, number, self.judgements[number], here)
                if cover is None:
                    day = self.problem.grid.days[self.problem.cover_days[number].day]
                    raise RuntimeError(f"the sessions of {day} leave cover worse than it need be")
                known = self.handed_out[number] = here, cover
            handed_out[number] = known[1]
        self.cover = handed_out

    def _engaged_by_day(self) -> Mapping[int, Engagements]:
        grid = self.problem.grid
        by_day: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
        for (person, slot), site in engagements(self.problem, self.sessions).items():
            by_day[grid.day_of(slot)][person, slot] = site
        return by_day
