"""The model with all its variables and every hard rule."""

from collections.abc import Callable, Mapping

from trainsched.domain.rules import RuleId
from trainsched.planning.build import Build
from trainsched.planning.cover_variables import add_cover_variables
from trainsched.planning.crowd import Crowd
from trainsched.planning.every_rule import EVERY_RULE
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.variables import add_training_variables
from trainsched.problem.problem import Problem


def build_model(
    problem: Problem,
    judgements: tuple[DayJudgement, ...],
    *,
    with_changes: bool = False,
    standing: Mapping[int, int] | None = None,
    without: RuleId | None = None,
    before_cover: Callable[[Build], None] | None = None,
    alike: Mapping[int, Crowd] | None = None,
) -> Build:
    """Build the model of a problem; leave out one rule to learn what it costs.

    ``standing``: offerings whose sessions are given, and how many of them run side by side.
    ``alike``: trainees who each stand for so many (see ``Build``).
    ``before_cover`` may say of people that they are not there, before their duties are modelled.
    """
    build = Build(
        problem,
        judgements,
        with_changes=with_changes,
        standing=standing or {},
        alike=alike or {},
    )
    add_training_variables(build)
    if before_cover is not None:
        before_cover(build)
    add_cover_variables(build)
    for rule, keep in EVERY_RULE:
        if rule is not without:
            keep(build)
    return build
