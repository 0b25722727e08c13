"""Staff, trainees, rotations, university blocks and preferences from their sheets."""

from math import isclose

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.people import (
    Preference,
    PreferenceKind,
    Rotation,
    Staff,
    Trainee,
    UniversityBlock,
)
from trainsched.domain.problems import Place
from trainsched.workbook.cells.days import parse_days, parse_periods
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.text import parse_ids
from trainsched.workbook.facts.departments import check_order
from trainsched.workbook.names import did_you_mean
from trainsched.workbook.person_index import PersonIndex
from trainsched.workbook.records import Record
from trainsched.workbook.sources import Sources

_DAY_KINDS = frozenset({PreferenceKind.PREFER_DAY, PreferenceKind.AVOID_DAY})
_PERIOD_KINDS = frozenset({PreferenceKind.PREFER_PERIOD, PreferenceKind.AVOID_PERIOD})


def read_staff(sources: Sources) -> tuple[Staff, ...]:
    """The staff by id; an id that stands twice is an error."""
    sources.refuse_repeats("Staff", ["staff_id"], "staff_id", "The staff_id")
    found: dict[str, Staff] = {}
    for record in sources.of("Staff"):
        staff_id = record.get("staff_id")
        if staff_id is None or staff_id in found:
            continue
        sources.places[f"staff:{staff_id}"] = record.place("staff_id")
        departments, shares = record.get("department", ((), ()))
        check_order(sources, record, "start_date", "end_date")
        _check_shares(sources, record, shares)
        found[staff_id] = Staff(
            staff_id=staff_id,
            name=record.get("name", staff_id),
            departments=departments,
            department_wte=shares,
            band=record.get("band"),
            wte=record.get("wte", 1.0),
            competences=record.get("competences", ()),
            pattern=_pattern(sources, record),
            trains=record.get("trains", True),
            max_training_per_week=record.get("max_training_per_week"),
            max_training_per_day=record.get("max_training_per_day"),
            max_training=record.get("max_training"),
            site=record.get("site"),
            start_date=record.get("start_date"),
            end_date=record.get("end_date"),
            email=record.get("email"),
        )
    return tuple(found[staff_id] for staff_id in sorted(found))


def read_trainees(sources: Sources) -> tuple[Trainee, ...]:
    """The trainees by id; an id that stands twice, or on the Staff sheet too, is an error."""
    sources.refuse_repeats("Trainees", ["trainee_id"], "trainee_id", "The trainee_id")
    found: dict[str, Trainee] = {}
    for record in sources.of("Trainees"):
        trainee_id = record.get("trainee_id")
        if trainee_id is None or trainee_id in found:
            continue
        place = record.place("trainee_id")
        other = sources.places.get(f"staff:{trainee_id}")
        if other is not None:
            sources.repeated(place, other, "The id", trainee_id, trainee_id)
        sources.places[f"trainee:{trainee_id}"] = place
        check_order(sources, record, "start_date", "end_date")
        found[trainee_id] = Trainee(
            trainee_id=trainee_id,
            name=record.get("name", trainee_id),
            department=record.get("department", ""),
            programme=record.get("programme", ""),
            year=record.get("year"),
            training_officer=record.get("training_officer"),
            hei=record.get("hei"),
            wte=record.get("wte", 1.0),
            pattern=_pattern(sources, record),
            start_date=record.get("start_date"),
            end_date=record.get("end_date"),
            supernumerary=record.get("supernumerary", True),
            competences=record.get("competences", ()),
        )
    return tuple(found[trainee_id] for trainee_id in sorted(found))


def read_rotations(sources: Sources) -> tuple[Rotation, ...]:
    """The rotations by trainee and date; two of one trainee that overlap are an error."""
    rows: list[tuple[Rotation, Place]] = []
    for record in sources.of("Rotations"):
        if not record.has_all("trainee_id", "department", "from", "to"):
            continue
        if not check_order(sources, record, "from", "to"):
            continue
        rotation = Rotation(
            trainee_id=record.get("trainee_id"),
            department=record.get("department"),
            first_date=record.get("from"),
            last_date=record.get("to"),
        )
        rows.append((rotation, record.place("from")))
    rows.sort(key=lambda row: (row[0].trainee_id, row[0].first_date))
    latest: dict[str, tuple[Rotation, Place]] = {}
    for rotation, place in rows:
        earlier = latest.get(rotation.trainee_id)
        if earlier is not None and rotation.first_date <= earlier[0].last_date:
            sources.problems.error(
                place,
                f"The rotation of {rotation.trainee_id} from {rotation.first_date:%d/%m/%Y} "
                f"overlaps the one in {earlier[1]}.",
                "Let one end before the next begins.",
                rotation.trainee_id,
            )
        if earlier is None or rotation.last_date > earlier[0].last_date:
            latest[rotation.trainee_id] = (rotation, place)
    return tuple(rotation for rotation, _ in rows)


def read_university(sources: Sources) -> tuple[UniversityBlock, ...]:
    """The blocks at university, by HEI and date."""
    blocks = [
        UniversityBlock(
            hei=record.get("hei"),
            programme=record.get("programme"),
            year=record.get("year"),
            first_date=record.get("from"),
            last_date=record.get("to"),
        )
        for record in sources.of("University")
        if record.has_all("hei", "from", "to")
        and check_order(sources, record, "from", "to")
        and not record.faulty
    ]
    return tuple(
        sorted(blocks, key=lambda b: (b.hei, b.first_date, b.programme or "", b.year or 0))
    )


def read_preferences(sources: Sources, people: PersonIndex) -> tuple[Preference, ...]:
    """The wishes, by person, kind and value. Persons stand by id, or by a name that is unique."""
    wishes: list[Preference] = []
    for record in sources.of("Preferences"):
        person_id = _person(sources, record, people)
        if person_id is None or not record.has_all("kind", "value"):
            continue
        kind = PreferenceKind(record.get("kind"))
        values = _preferred(sources, record, kind, people)
        if values:
            wish = Preference(
                person_id=person_id, kind=kind, values=values, weight=record.get("weight", 1)
            )
            wishes.append(wish)
    return tuple(sorted(wishes, key=lambda w: (w.person_id, w.kind, w.values, w.weight)))


def _person(sources: Sources, record: Record, people: PersonIndex) -> str | None:
    if not record.has("person"):
        return None
    text = record.get("person")
    found = people.find(text)
    if found is None:
        sources.problems.error(
            record.place("person"),
            f"There is nobody with the id or the unique name '{text}'.",
            people.proposal(text),
            text,
        )
    return found


def _preferred(
    sources: Sources, record: Record, kind: PreferenceKind, people: PersonIndex
) -> tuple[str, ...]:
    raw = record.get("value")
    try:
        if kind in _DAY_KINDS:
            return tuple(str(day) for day in parse_days(raw))
        if kind in _PERIOD_KINDS:
            return parse_periods(raw, sources.settings.shape.period_names)
        return _staff_ids(raw, people)
    except CellError as error:
        sources.problems.error(record.place("value"), error.problem, error.remedy, raw)
        return ()


def _staff_ids(raw: object, people: PersonIndex) -> tuple[str, ...]:
    ids = parse_ids(raw)
    strange = [staff_id for staff_id in ids if staff_id not in people.staff_ids]
    if strange:
        problem = f"There is no member of staff with the id '{strange[0]}'."
        hint = did_you_mean(strange[0], people.staff_ids)
        raise CellError(problem, hint or "Write staff_ids of the Staff sheet.")
    return tuple(sorted(ids))


def _pattern(sources: Sources, record: Record) -> WorkingPattern:
    names, working_days = sources.settings.shape
    every_working_day = (tuple((day, name) for day in working_days for name in names),)
    return WorkingPattern(
        weeks=record.get("working_pattern", every_working_day),
        anchor=record.get("pattern_anchor"),
    )


def _check_shares(sources: Sources, record: Record, shares: tuple[float, ...]) -> None:
    wte = record.get("wte", 1.0)
    if shares and not isclose(sum(shares), wte, abs_tol=0.005):
        sources.problems.warning(
            record.place("department"),
            f"The shares add up to {sum(shares):g}, but the WTE is {wte:g}, which was used.",
            "Make the shares add up to the WTE.",
            record.raw.get("department"),
        )
