"""The sheets of a synthetic organisation: from what was put together to rows."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from trainsched.generate.curriculum import Need, curriculum_tables, weekly_load
from trainsched.generate.duties import duty_row
from trainsched.generate.roster import Roster, code_rows
from trainsched.generate.row import Row
from trainsched.generate.section_kinds import KINDS
from trainsched.generate.sites import equipment_rows, travel_rows
from trainsched.generate.staffing import Person
from trainsched.generate.term import NATION, Term, pattern_text
from trainsched.generate.trainees import STP_CODE, Learner, UniversityWeek
from trainsched.generate.trusts import Section, Trust
from trainsched.generate.wishes import closure_rows, pin_rows, preference_rows
from trainsched.generate.workload import workload_of
from trainsched.workbook.write import GridRows, TableRows

# Sections that may train some programmes only; the others may train all.
ACCREDITED = {kind.key: () for kind in KINDS} | {
    "SC": tuple(STP_CODE.values()),
    "RE": (*STP_CODE.values(), "TTS", "APP-L4"),
}

Tables = dict[str, TableRows | GridRows]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was put together, before it is written down."""

    term: Term
    trusts: list[Trust]
    needs: list[tuple[Learner, Need]]
    university: list[UniversityWeek]
    roster: Roster
    tightness: float


def sheet_tables(facts: Facts, title: str, random: Random) -> Tables:
    """Rows of every sheet that has any."""
    term, trusts = facts.term, facts.trusts
    sections = [section for trust in trusts for section in trust.sections]
    staff = [person for trust in trusts for person in trust.staff]
    learners = [learner for trust in trusts for learner in trust.learners]
    curriculum, training_plan = curriculum_tables(facts.needs, term)
    load = weekly_load(facts.needs, term)
    workloads = {s.code: workload_of(s, facts.roster, load, facts.tightness) for s in sections}
    spare = {code: workload.spare_seniors for code, workload in workloads.items()}
    ids = [p.staff_id for p in staff] + [learner.trainee_id for learner in learners]
    tables: Tables = {
        "Settings": _settings_rows(term, title),
        "Departments": [_department_row(section) for section in sections],
        "Staff": [_staff_row(person, term) for person in staff],
        "Trainees": [_trainee_row(learner, term) for learner in learners],
        "Rotations": [row for learner in learners for row in _rotation_rows(learner, term)],
        "Duties": [
            row for s in sections for row in (*_fixed_duty_rows(s, facts), *workloads[s.code].rows)
        ],
        "Curriculum": curriculum,
        "Training plan": training_plan,
        "Equipment": [row for trust in trusts for row in _equipment_rows(trust, term)],
        "Roster": facts.roster.grid(ids),
        "Codes": code_rows([line for section in sections for line in section.lines], term),
        "University": [_university_row(block) for block in facts.university],
        "Closures": closure_rows([s.code for s in sections if s.kind.key == "NM"], term),
        "Travel": [
            row
            for trust in trusts
            for row in travel_rows([s.site for s in trust.sections], trust.suffix)
        ],
        "Preferences": preference_rows(staff, learners, random),
        "Pins": pin_rows(learners, staff, spare, facts.roster, facts.university),
    }
    return {name: rows for name, rows in tables.items() if rows}


def _settings_rows(term: Term, title: str) -> list[Row]:
    return [
        {"setting": "organisation", "value": title},
        {"setting": "start_date", "value": term.start},
        {"setting": "weeks", "value": term.weeks},
        {"setting": "nation", "value": NATION},
        {"setting": "periods", "value": term.periods_text},
        {"setting": "working_days", "value": "Mon-Fri"},
        {"setting": "cover", "value": "flexible"},
    ]


def _department_row(section: Section) -> Row:
    return {
        "department": section.code,
        "name": section.kind.title,
        "site": section.site,
        "specialism": section.kind.specialism,
        "accredited_for": "; ".join(ACCREDITED[section.kind.key]) or None,
    }


def _staff_row(person: Person, term: Term) -> Row:
    if person.shares:
        pairs = zip(person.departments, person.shares, strict=True)
        department = "; ".join(f"{code} {share:g}" for code, share in pairs)
    else:
        department = person.departments[0]
    return {
        "staff_id": person.staff_id,
        "name": person.name,
        "department": department,
        "band": person.band,
        "wte": person.wte,
        "competences": "; ".join(person.competences),
        "working_pattern": pattern_text(person.weeks, term.periods) or None,
        "trains": "yes" if person.trains else "no",
        "max_training_per_week": person.max_per_week,
    }


def _trainee_row(learner: Learner, term: Term) -> Row:
    return {
        "trainee_id": learner.trainee_id,
        "name": learner.name,
        "department": learner.department,
        "programme": learner.programme,
        "year": learner.year,
        "training_officer": learner.officer,
        "hei": learner.hei,
        "wte": learner.wte,
        "working_pattern": pattern_text(learner.weeks, term.periods) or None,
        "supernumerary": "yes" if learner.supernumerary else "no",
        "competences": "; ".join(learner.competences) or None,
    }


def _rotation_rows(learner: Learner, term: Term) -> list[Row]:
    return [
        {
            "trainee_id": learner.trainee_id,
            "department": placement.department,
            "from": max(term.start, term.monday(placement.first_week)),
            "to": min(term.end, term.last_day(placement.last_week)),
        }
        for placement in learner.placements
        if placement.department != learner.department
    ]


def _fixed_duty_rows(section: Section, facts: Facts) -> list[Row]:
    rows: list[Row] = []
    for line in section.lines:
        days, periods = line.when(facts.term)
        needed = line.staff_needed(len(section.staff))
        rows.append(duty_row(section.code, line, needed, days, periods))
    return rows


def _equipment_rows(trust: Trust, term: Term) -> list[Row]:
    return [
        row
        for section in trust.sections
        for row in equipment_rows(section.code, section.kind.key, section.site, trust.suffix, term)
    ]


def _university_row(block: UniversityWeek) -> Row:
    return {
        "hei": block.hei,
        "programme": None,
        "year": block.year,
        "from": block.first_date,
        "to": block.last_date,
    }
