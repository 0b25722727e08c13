"""A whole synthetic organisation as the tables of a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from trainsched.generate.curriculum import Need, Syllabus, cohort_needs, localised
from trainsched.generate.roster import Roster
from trainsched.generate.sheets import Facts, Tables, sheet_tables
from trainsched.generate.term import Term
from trainsched.generate.trainees import Learner, UniversityWeek, university_weeks
from trainsched.generate.trusts import Size, Trust, filled_trusts
from trainsched.workbook.write import write_workbook

DEFAULT_START = date(2027, 1, 11)
WTE_PER_DEPARTMENT = 11.5


def organisation_tables(  # noqa: PLR0913 - each says one thing about the organisation
    *,
    departments: int,
    trainees: int,
    weeks: int,
    seed: int,
    wte: float | None = None,
    contact: float = 1.9,
    tightness: float = 0.75,
    evenings: bool | None = None,
    start: date = DEFAULT_START,
    title: str | None = None,
) -> Tables:
    """Tables, by sheet, of a synthetic organisation; the same arguments give the same tables.

    ``wte`` is the staff of all departments together (11.5 a department unless given), ``contact``
    the sessions with staff that a trainee needs a week, ``tightness`` (above 0, at most 2) the
    part of the staff time left by duties that training asks for. ``evenings`` adds an evening
    period; by default where there are several departments. Raises ValueError for sizes that make
    no organisation.
    """
    _refuse_impossible(departments, trainees, weeks, tightness, start)
    size = Size(departments, trainees, wte or WTE_PER_DEPARTMENT * departments)
    term = Term(start, weeks, departments > 1 if evenings is None else evenings)
    random = Random(seed)
    trusts = filled_trusts(size, term, random)
    blocks = university_weeks([learner for t in trusts for learner in t.learners], term)
    roster = _roster(trusts, blocks, term, random)
    needs = _needs(trusts, contact, term)
    heading = title or f"Synthetic medical physics, {departments} departments"
    return sheet_tables(Facts(term, trusts, needs, blocks, roster, tightness), heading, random)


def write_organisation(
    path: Path | str,
    *,
    departments: int,
    trainees: int,
    weeks: int,
    seed: int,
    wte: float | None = None,
    contact: float = 1.9,
    tightness: float = 0.75,
) -> None:
    """Write a synthetic organisation as a workbook; see ``organisation_tables``.

    Raises ValueError for sizes that make no organisation, OSError where the file cannot be written.
    """
    tables = organisation_tables(
        departments=departments,
        trainees=trainees,
        weeks=weeks,
        seed=seed,
        wte=wte,
        contact=contact,
        tightness=tightness,
    )
    write_workbook(path, tables)


def _refuse_impossible(
    departments: int, trainees: int, weeks: int, tightness: float, start: date
) -> None:
    if departments < 1:
        raise ValueError("An organisation has at least one department.")
    if trainees < 0:
        raise ValueError("The number of trainees is 0 or more.")
    if not 1 <= weeks <= 156:
        raise ValueError("A plan lasts 1 to 156 weeks.")
    if not 0 < tightness <= 2:
        raise ValueError("The tightness lies above 0 and is at most 2.")
    if start.weekday() != 0:
        raise ValueError("A synthetic plan starts on a Monday.")


def _roster(
    trusts: list[Trust], blocks: list[UniversityWeek], term: Term, random: Random
) -> Roster:
    roster = Roster(term, random)
    for trust in trusts:
        for section in trust.sections:
            roster.staff_leave(section.staff)
            heads = len(section.staff)
            if heads >= 8:
                roster.management_days(section.staff[0], every_week=heads >= 16)
            if section.kind.key == "RT":
                roster.on_call(section.staff, "duty_physicist")
            for line in section.lines:
                roster.planned_duty(line, section.staff)
        for learner in trust.learners:
            roster.trainee_leave(learner, blocks)
            roster.examinations(learner)
    return roster


def _needs(trusts: list[Trust], contact: float, term: Term) -> list[tuple[Learner, Need]]:
    everyone = [learner for trust in trusts for learner in trust.learners]
    syllabus = Syllabus.for_learners(term, contact, everyone)
    needs: list[tuple[Learner, Need]] = []
    for trust in trusts:
        for learner in trust.learners:
            needs += [
                (learner, localised(n, trust.suffix, trust.staff)) for n in syllabus.needs(learner)
            ]
        needs += cohort_needs(trust.learners, trust.suffix, trust.sections[0].code, term)
    return needs
