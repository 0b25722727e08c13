"""Pins that each could hold, but not together, or not with cover kept: which, and which rule."""

from dataclasses import replace

from trainsched.domain.problems import WorkbookError
from trainsched.domain.rules import RuleId
from trainsched.planning.engine import Engine
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.model import build_model
from trainsched.planning.pins import pin_problem
from trainsched.problem.problem import PinNeed, Problem

SUSPECTS: tuple[RuleId, ...] = (
    RuleId.CLINICAL_COVER,
    RuleId.ONE_PLACE_AT_A_TIME,
    RuleId.TRAINER_LOAD,
    RuleId.TRAINEE_LOAD,
    RuleId.TRAINING_DEMAND,
    RuleId.SPACING,
    RuleId.ACTIVITY_ORDER,
    RuleId.EQUIPMENT,
    RuleId.GROUP_SIZE,
    RuleId.TRAVEL,
    RuleId.QUALIFIED,
)
SHARE_OF_ONE_TRY = 0.05


def clash_of_pins(
    problem: Problem, judgements: tuple[DayJudgement, ...], engine: Engine
) -> WorkbookError:
    """The error that names every pin of a smallest set that cannot hold, and the rule it breaks."""
    pins = list(problem.pins)
    for pin in problem.pins:
        fewer = [other for other in pins if other is not pin]
        if fewer and not _can_hold(problem, fewer, judgements, engine):
            pins = fewer
    rule = next(
        (r for r in SUSPECTS if _holds_without(problem, pins, judgements, engine, r)),
        RuleId.PINNED,
    )
    names = [str(problem.organisation.places.get(f"pin:{p.pin.row}", "Pins")) for p in pins]
    against = (
        f"it cannot happen together with {_others(names)}"
        if len(pins) > 1
        else f"{pins[0].pin.date:%d/%m/%Y} leaves no room for it"
    )
    return WorkbookError(tuple(pin_problem(problem, pin, rule, against) for pin in pins))


def _others(names: list[str]) -> str:
    return "the other pins of this group: " + ", ".join(names)


def _can_hold(
    problem: Problem,
    pins: list[PinNeed],
    judgements: tuple[DayJudgement, ...],
    engine: Engine,
) -> bool:
    """Whether the pins can hold, as far as is known (only proved impossible counts as no)."""
    build = build_model(replace(problem, pins=tuple(pins)), judgements)
    return not engine.solve(build.model, SHARE_OF_ONE_TRY, "checking pins").is_impossible


def _holds_without(
    problem: Problem,
    pins: list[PinNeed],
    judgements: tuple[DayJudgement, ...],
    engine: Engine,
    rule: RuleId,
) -> bool:
    """Whether the pins are seen to hold once the rule is left out: then it is the rule to name."""
    build = build_model(replace(problem, pins=tuple(pins)), judgements, without=rule)
    return engine.solve(build.model, SHARE_OF_ONE_TRY, "checking pins").read is not None
