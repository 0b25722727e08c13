"""The musts of those who are there, placed piece by piece where one model would be too large."""

from trainsched.domain.organisation import CoverGoal
from trainsched.expansion.repair import without_a_session
from trainsched.planning.draft import DraftSession
from trainsched.planning.engine import Engine
from trainsched.planning.judgement import DayJudgement
from trainsched.planning.search import Search
from trainsched.planning.search.pin_start import PinsClashError, begin_with_pins
from trainsched.planning.search.placing_stage import place_sessions
from trainsched.planning.search.windows import MOST_CHOICES_AS_A_WHOLE, choices
from trainsched.problem.problem import Problem

FOR_STANDING = 8.0
"""Deterministic time."""


def placed_piece_by_piece(
    engine: Engine, problem: Problem, judgements: tuple[DayJudgement, ...]
) -> tuple[DraftSession, ...] | None:
    """Sessions that place every must of a large problem; None where they were not found so."""
    if choices(problem) <= MOST_CHOICES_AS_A_WHOLE or engine.must_stop:
        return None
    if problem.organisation.cover_goal is CoverGoal.FULL:
        return None
    within = engine.apart(FOR_STANDING)
    search = Search(problem, judgements, within)
    try:
        if problem.pins or problem.published is not None:
            search.sessions = begin_with_pins(problem, judgements, within)
        place_sessions(search)
    except PinsClashError:
        return None
    finally:
        engine.deterministic_used += within.deterministic_used
    return None if without_a_session(problem, search.sessions) else search.sessions
