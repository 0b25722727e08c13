"""Sections and trusts: who is where, filled with staff and trainees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from trainsched.generate.duties import DutyLine, lines_of
from trainsched.generate.names import NameMaker
from trainsched.generate.section_kinds import KINDS, SectionKind, with_mr
from trainsched.generate.sites import site_of
from trainsched.generate.staffing import (
    Hiring,
    Person,
    give_evenings,
)
from trainsched.generate.term import EVE, Term
from trainsched.generate.trainees import Admissions, Learner, rotate

SECTIONS_PER_TRUST = 7

# Pairs of sections that share somebody, where a trust has both; the band of that person, and
# the role in the second section whose competences they also hold.
POOLED = (
    ("NM", "DR", "7", "Senior physicist"),
    ("RT", "SC", "6", "Systems engineer"),
    ("DR", "MR", "7", "Senior physicist"),
    ("CE", "RE", "5", "Rehabilitation technologist"),
)
POOLED_SHARES = (0.6, 0.4)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the organisation is. ``wte`` is the staff of all departments together."""

    departments: int
    trainees: int
    wte: float


@dataclass
class Section:
    """A department being put together."""

    code: str
    kind: SectionKind
    site: str
    with_mr: bool
    staff: list[Person] = field(default_factory=list)
    learners: list[Learner] = field(default_factory=list)

    @property
    def lines(self) -> tuple[DutyLine, ...]:
        """The fixed duties of a section of this size."""
        return lines_of(self.kind.key, len(self.staff), with_mr=self.with_mr)


@dataclass
class Trust:
    """Sections that share people, rotations and travel. ``suffix`` tells trusts apart."""

    suffix: str
    sections: list[Section]

    @property
    def staff(self) -> list[Person]:
        """Everybody on the staff of the trust."""
        return [person for section in self.sections for person in section.staff]

    @property
    def learners(self) -> list[Learner]:
        """Every trainee of the trust."""
        return [learner for section in self.sections for learner in section.learners]


def filled_trusts(size: Size, term: Term, random: Random) -> list[Trust]:
    """Trusts with their staff, evenings, shared people, trainees and rotations."""
    trusts = _empty_trusts(size.departments)
    sections = [section for trust in trusts for section in trust.sections]
    names = NameMaker(random)
    hiring, admissions = Hiring(random, names), Admissions(random, names, term)
    weights = [section.kind.size for section in sections]
    wte = share_out(round(size.wte), weights)
    places = share_out(size.trainees, weights)
    for section, section_wte, count in zip(sections, wte, places, strict=True):
        section.staff = hiring.section(section.code, section.kind, section_wte)
        if term.evenings:
            _give_evenings(section)
        section.learners = admissions.section(section.code, section.kind.key, count, section.staff)
    for trust in trusts:
        _pool(trust)
        rotate(trust.learners, [(s.code, s.kind.key) for s in trust.sections], term)
    return trusts


def _empty_trusts(departments: int) -> list[Trust]:
    """Sections in trusts of up to seven, each of a different kind."""
    count = -(-departments // SECTIONS_PER_TRUST)
    trusts = []
    for number in range(count):
        sections = min(SECTIONS_PER_TRUST, departments - number * SECTIONS_PER_TRUST)
        suffix = f"-{number + 1:02d}" if count > 1 else ""
        kinds = KINDS[:sections]
        has_mr = any(kind.key == "MR" for kind in kinds)
        trusts.append(
            Trust(
                suffix,
                [
                    Section(
                        code=f"{kind.key}{suffix}",
                        kind=with_mr(kind) if kind.key == "DR" and not has_mr else kind,
                        site=site_of(kind.key, sections, suffix),
                        with_mr=kind.key == "DR" and not has_mr,
                    )
                    for kind in kinds
                ],
            )
        )
    return trusts


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers by weight that add up to the total, the largest remainders first."""
    shares = [total * weight / sum(weights) for weight in weights]
    counts = [int(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda n: (counts[n] - shares[n], n))
    for n in order[: total - sum(counts)]:
        counts[n] += 1
    return counts


def _give_evenings(section: Section) -> None:
    """More people stay late than the evening's duty needs: one to teach, one for leave."""
    heads = len(section.staff)
    for line in section.lines:
        if EVE in line.periods:
            for weekday in line.days:
                wanted = line.staff_needed(heads) + (2 if heads >= 10 else 1)
                give_evenings(section.staff, line.competence, weekday, wanted)
    if section.kind.key == "RT":
        for weekday in (1, 3):
            give_evenings(section.staff, "linac_qc", weekday, 1)


def _pool(trust: Trust) -> None:
    """One person of the first section of each pair also serves the second."""
    by_key = {section.kind.key: section for section in trust.sections}
    for first, second, band, title in POOLED:
        if first not in by_key or second not in by_key:
            continue
        pool = [
            person
            for person in by_key[first].staff
            if person.wte == 1.0 and person.band == band and len(person.departments) == 1
        ]
        gained = next(role for role in by_key[second].kind.roles if role.title == title)
        if pool:
            person = pool[-1]
            person.departments = (by_key[first].code, by_key[second].code)
            person.shares = POOLED_SHARES
            both = (*person.competences, *gained.competences)
            person.competences = tuple(dict.fromkeys(both))
