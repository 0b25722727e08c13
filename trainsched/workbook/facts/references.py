"""Whether everything that is named exists: one check for every column that refers to something."""

from collections.abc import Collection, Iterable, Mapping

from trainsched.domain.curriculum import Role
from trainsched.domain.problems import Severity
from trainsched.workbook.names import did_you_mean
from trainsched.workbook.records import Record
from trainsched.workbook.schema import CellType, Column, sheets
from trainsched.workbook.sources import Sources

_WORDS = {
    "department": "department",
    "programme": "programme",
    "staff": "member of staff",
    "trainee": "trainee",
    "activity": "activity",
    "equipment": "equipment",
    "duty": "duty",
    "region": "region",
    "hei": "university",
    "site": "site",
}
_LISTED_ON = {
    "department": "Departments",
    "staff": "Staff",
    "trainee": "Trainees",
    "activity": "Curriculum or Training plan",
    "equipment": "Equipment",
    "duty": "Duties",
    "programme": "Programmes",
    "region": "Departments",
    "hei": "University or HEI",
    "site": "Departments",
}
_ONLY_WARNED = frozenset({"hei", "site"})
_MILD_COLUMNS = frozenset({("Departments", "accredited_for"), ("University", "programme")})
_CHECKED_ELSEWHERE = frozenset({"", "person", "competence"})


def check_references(sources: Sources, declared_programmes: Collection[str]) -> None:
    """Note every id that nothing is known by; where the whole list is missing, once is enough."""
    known = _known(sources, declared_programmes)
    for sheet in sheets():
        for record in sources.of(sheet.name):
            for column in sheet.columns:
                if column.refers not in _CHECKED_ELSEWHERE and record.has(column.name):
                    _check(sources, sheet.name, record, column, known)
    _check_competences(sources)
    _check_curriculum(sources, frozenset(declared_programmes))


def _check_curriculum(sources: Sources, declared: frozenset[str]) -> None:
    """Warn of rows for a programme that nobody follows and nothing else speaks of."""
    of = sources.values
    followed = of("Trainees", "programme")
    known = followed | declared | of("Programmes", "programme") | of("Targets", "programme")
    for record in sources.of("Curriculum"):
        programme = record.get("programme")
        if programme is not None and programme not in known:
            sources.problems.warning(
                record.place("programme"),
                f"No trainee follows the programme '{programme}', so the row is for nobody.",
                did_you_mean(programme, followed) or "Mend the programme, here or for trainees.",
                programme,
            )


def _known(sources: Sources, declared_programmes: Iterable[str]) -> dict[str, frozenset[str]]:
    of = sources.values
    departments = of("Departments", "department")
    unnamed = {r.get("department") for r in sources.of("Departments") if not r.has("site")}
    return {
        "department": departments,
        "staff": of("Staff", "staff_id"),
        "trainee": of("Trainees", "trainee_id"),
        "programme": of("Programmes", "programme")
        | of("Curriculum", "programme")
        | of("Trainees", "programme")
        | frozenset(declared_programmes),
        "activity": of("Curriculum", "activity") | of("Training plan", "activity"),
        "equipment": of("Equipment", "equipment"),
        "duty": of("Duties", "duty"),
        "region": of("Departments", "region"),
        "hei": of("University", "hei") | of("HEI", "hei"),
        "site": of("Departments", "site") | of("Staff", "site") | (unnamed - {None}),
    }


def _check(
    sources: Sources,
    sheet: str,
    record: Record,
    column: Column,
    known: Mapping[str, frozenset[str]],
) -> None:
    kind = column.refers
    ids = known[kind]
    if kind in _ONLY_WARNED and not ids:
        return
    if not ids and _list_is_missed(sources, kind):
        return
    for name in _named(record.get(column.name), column.type):
        if name in ids:
            continue
        mild = kind in _ONLY_WARNED or (sheet, column.name) in _MILD_COLUMNS
        hint = did_you_mean(name, ids)
        sources.problems.add(
            Severity.WARNING if mild else Severity.ERROR,
            record.place(column.name),
            f"There is no {_WORDS[kind]} '{name}'.",
            f"{hint} List it on the sheet {_LISTED_ON[kind]}, or mend it here.".strip(),
            value=name,
        )


def _list_is_missed(sources: Sources, kind: str) -> bool:
    """Whether the missing or empty list is an error of its own, so that it is said once."""
    if kind not in {"department", "staff", "trainee"} or sources.of("Targets"):
        return False
    return kind != "trainee" or _LISTED_ON[kind] not in sources.present


def _named(value: object, kind: CellType) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    if kind is CellType.SHARES and isinstance(value, tuple):
        return tuple(value[0])
    if kind is CellType.EQUIPMENT and isinstance(value, tuple):
        return tuple(dict.fromkeys(one for item in value for one in item))
    return value if isinstance(value, tuple) else ()


def _check_competences(sources: Sources) -> None:
    held: set[str] = set()
    for sheet in ("Staff", "Trainees", "Posts"):
        for record in sources.of(sheet):
            held.update(record.get("competences", ()))
    asked: list[tuple[str, Record, str]] = []
    for record in sources.of("Duties"):
        asked += [(one, record, "competence") for one in record.get("competence", ())]
    for sheet in ("Curriculum", "Training plan"):
        for record in sources.of(sheet):
            roles: tuple[Role, ...] = record.get("roles", ())
            asked += [(one, record, "roles") for role in roles for one in role.competences]
    for competence, record, column in asked:
        if competence not in held:
            hint = did_you_mean(competence, held)
            sources.problems.warning(
                record.place(column),
                f"Nobody holds the competence '{competence}'.",
                f"{hint} Add it to the competences of somebody, or mend it here.".strip(),
                competence,
            )
