"""Long rosters, one row an entry, and the Leave sheet."""

from datetime import date, timedelta

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.problems import Place, Severity
from trainsched.workbook.cells.dates import parse_date
from trainsched.workbook.cells.days import parse_periods
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.facts.departments import check_order
from trainsched.workbook.grid import address
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.remarks import NO_PERSON, NO_PERSON_REMEDY
from trainsched.workbook.roster.statements import Statements
from trainsched.workbook.sources import Sources
from trainsched.workbook.tables import Table


def ask_who(problems: ProblemList, people: PersonIndex, place: Place, text: str) -> None:
    """Note the question who a person is; their row is not used."""
    problems.add(
        Severity.QUESTION,
        place,
        "Who is this? Nobody on the Staff and Trainees sheets has this id or exact name, or "
        "more than one has, so the row was not used.",
        people.proposal(text),
        value=text,
    )


def read_long(
    table: Table,
    calendar: PlanCalendar,
    people: PersonIndex,
    statements: Statements,
    problems: ProblemList,
) -> tuple[int, list[str]]:
    """Read a long roster. Gives the number of dates passed over, and cells of unmatched persons."""
    sheet = table.grid.sheet
    columns = table.columns
    outside: dict[str, date] = {}
    unmatched: list[str] = []
    for number, cells in table.rows():
        code = cells.get(columns["code"])
        if code is None:
            continue
        person = cells.get(columns["staff_id"])
        person_id = people.find(text_of(person)) if person is not None else None
        if person_id is None:
            place = Place(sheet=sheet, cell=address(number, columns["staff_id"]))
            if person is not None and people.look_up(text_of(person)).placeholder:
                problems.notice(place, NO_PERSON, NO_PERSON_REMEDY)
                continue
            ask_who(problems, people, place, "" if person is None else text_of(person))
            unmatched.append(str(place))
            continue
        slot = _slot(table, number, calendar, problems)
        if slot is None:
            continue
        day, periods = slot
        if calendar.holds(day):
            cell = address(number, columns["code"])
            statements.take(person_id, day, periods, text_of(code), sheet, cell)
        else:
            outside[address(number, columns["date"])] = day
    if outside:
        dates = len(set(outside.values()))
        problems.add(
            Severity.NOTICE,
            Place(sheet=sheet),
            f"{dates} date{'s' if dates > 1 else ''} outside the plan "
            f"({len(outside)} row{'' if len(outside) == 1 else 's'}) passed over.",
            "Change start_date or weeks on the Settings sheet if they should count.",
            cells=list(outside),
        )
    return len(set(outside.values())), unmatched


def _slot(
    table: Table, number: int, calendar: PlanCalendar, problems: ProblemList
) -> tuple[date, tuple[str, ...] | None] | None:
    cells, columns = table.grid.cells(number), table.columns
    column = columns["date"]
    raw = cells.get(column)
    try:
        day = parse_date(raw)
        column = columns.get("period", column)
        raw = cells.get(column) if "period" in columns else None
        return day, None if raw is None else parse_periods(raw, calendar.period_names)
    except CellError as error:
        place = Place(sheet=table.grid.sheet, cell=address(number, column))
        problems.error(place, error.problem, error.remedy, raw)
        return None


def read_leave(
    sources: Sources, calendar: PlanCalendar, people: PersonIndex, statements: Statements
) -> list[str]:
    """Read the Leave sheet: absent from the first day to the last. Gives unmatched cells."""
    unmatched: list[str] = []
    for record in sources.of("Leave"):
        if not record.has_all("person", "from", "to") or "periods" in record.faulty:
            continue
        person_id = people.find(record.get("person"))
        place = record.place("person")
        if person_id is None:
            ask_who(sources.problems, people, place, record.get("person"))
            unmatched.append(str(place))
            continue
        if not check_order(sources, record, "from", "to"):
            continue
        periods = record.get("periods", calendar.period_names)
        first = max(record.get("from"), calendar.start_date)
        last = min(record.get("to"), calendar.end_date)
        if first > last:
            sources.problems.add(
                Severity.NOTICE,
                record.place("from"),
                "This leave is outside the plan, so it was passed over.",
            )
        for step in range((last - first).days + 1):
            day = first + timedelta(days=step)
            statements.say_absent(person_id, day, periods, record.sheet, place.cell or "")
    return unmatched
