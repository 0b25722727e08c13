"""What the reports on capacity need beside the figures: assumptions, method, record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainsched.declared import Costs
from trainsched.domain.capacity import DepartmentChange, Money
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.domain.policy import DeclaredValue
from trainsched.reports.manifest import RunRecord

METHOD_TEXT = """
A starter needs what the curriculum asks of year 1, on top of all present trainees. Starters are
at work on every working day; the department's staff who train take turns as their training
officers, those with fewest trainees first.

A number of starters fits when a plan places every must session of everybody with cover no worse
than without training (or, with cover_goal full, with every duty filled). The next number is
impossible when that is proved; otherwise the range that is open is shown.

Steady state: that many starters every year, all years of the programme filled, in place of the
department's present trainees of the programme.

Sustainable: every member of staff is away on the policy's share of the working days, spread
evenly over the plan and over people.

Binding limits: the starters that fit are found again with one more unit of one thing, where a
programme has trainees now or a target wants starters. One person fewer needed on a duty is what a
post that takes over one place of it would do. Where a time limit ended the search first, a unit is
listed as not asked, and its 0 says nothing.

Posts are whole units. Where max_posts is blank, a department may have 12 units of a post, or as
many as its duties need if they are more and are all to be filled; what is proved is proved of so
many. The days of a part-time post are chosen; its caps on training follow its
WTE. Backfill posts only do duties, trainer posts give sessions.

The cheapest choice of posts and places that is not yet proved to fail is planned in full. If it
fails, so does every choice with no more posts and no fewer starters; the search goes on until
one holds. Its cost is then proved least.

Every plan behind an answer was passed by the independent checker.

Each academic year of the targets stands by itself; the annual cost is that of the dearest.

Annual cost: posts and university places (the fee, or an extra place's own price). Funding adds
salary support. A cost per qualified scientist counts salary support and places for every year
of the programme and the posts once for each intake, over those expected to complete.
"""
METHOD = tuple(" ".join(words.split()) for words in METHOD_TEXT.strip().split("\n\n"))


Lost = Mapping[tuple[int, str], str]
"""For each academic year and ``post in department``, what fails with one unit fewer."""


@dataclass(frozen=True, slots=True)
class Story:
    """Names, assumptions and the record of a run."""

    organisation: str
    program_version: str = ""
    assumptions: tuple[DeclaredValue, ...] = ()
    method: tuple[str, ...] = METHOD
    record: RunRecord = field(default_factory=RunRecord)
    reasons: tuple[str, ...] = ()
    """Why targets cannot be met."""
    is_asked: bool = True
    """Whether the workbook asks for starters, or for every duty to be filled."""
    money: Mapping[int, Money] = field(default_factory=dict)
    """What each academic year takes."""
    lost: Lost = field(default_factory=dict)
    changes: Mapping[int, tuple[DepartmentChange, ...]] = field(default_factory=dict)
    """For each academic year that has an answer, every department before and after it."""


def story_of(
    organisation: Organisation,
    costs: Costs,
    record: RunRecord,
    *,
    program_version: str,
    reasons: tuple[str, ...],
    money: Mapping[int, Money],
    lost: Lost,
    changes: Mapping[int, tuple[DepartmentChange, ...]],
) -> Story:
    """Everything the answer rests on, each figure with unit, source and status."""
    return Story(
        organisation=organisation.name,
        program_version=program_version,
        assumptions=tuple(_assumptions(organisation, costs)),
        record=record,
        reasons=reasons,
        is_asked=organisation.asks_for_more,
        money=money,
        lost=lost,
        changes=changes,
    )


def _assumptions(organisation: Organisation, costs: Costs) -> list[DeclaredValue]:
    found = list(organisation.policy.values)
    goal = "full" if organisation.cover_goal is CoverGoal.FULL else "kept"
    found.append(_own("cover_goal", goal, "Settings", "What posts must achieve for cover."))
    used = {target.programme for target in organisation.targets}
    for programme in organisation.programmes:
        if programme.code not in used:
            continue
        for name in ("years", "annual_cost_pounds", "hei_fee_pounds", "completion_rate"):
            value = getattr(programme, name)
            if value is not None:
                unit = "pounds a year" if name.endswith("pounds") else ""
                title = f"{programme.code}: {name.replace('_', ' ')}"
                found.append(_own(title, value, "Programmes, or models/programmes/", "", unit))
    bands = {p.band for p in organisation.posts if p.annual_cost_pounds is None and p.band}
    for band in sorted(bands):
        found += [value for _, value in sorted(costs.pay.get(band, {}).items())]
    if bands:
        found += [value for _, value in sorted(costs.on_costs.items())]
    for post in organisation.posts:
        if post.annual_cost_pounds is not None:
            found.append(
                _own(f"{post.post}: cost", post.annual_cost_pounds, "Posts", "", "pounds a year")
            )
    for row in organisation.assumptions:
        found.append(_own(row.name, row.central, row.source, "", row.unit or ""))
    return found


def _own(name: str, value: float | str, source: str, meaning: str, unit: str = "") -> DeclaredValue:
    return DeclaredValue(
        name=name, value=value, unit=unit, source=source, status="stated", meaning=meaning
    )
