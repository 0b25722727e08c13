"""calendars/<person>.ics, read back with a parser: who has what when, and updates in place."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from tests.unit.reports_example import MONDAY, ORGANISATION, PLAN, TUESDAY
from tests.unit.test_changes import with_first, with_sessions
from trainsched.domain.plan import Plan, StaffRole
from trainsched.reports.background import background_of
from trainsched.reports.calendar_book import CalendarBook, first_book, next_book, read_book
from trainsched.reports.calendars import ZONE, file_names, write_calendars
from trainsched.reports.changes import changes_between

BACKGROUND = background_of(ORGANISATION, PLAN, program_version="0")


def events(folder: Path, person: str) -> dict[str, icalendar.Event]:
    """Everything in one person's file, by UID."""
    calendar = icalendar.Calendar.from_ical((folder / f"{person}.ics").read_bytes())
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def written(folder: Path, plan: Plan, book: CalendarBook | None = None) -> Path:
    folder.mkdir()
    write_calendars(folder, plan, book or first_book(plan), BACKGROUND)
    return folder


def follow(earlier: Plan, plan: Plan, book: CalendarBook | None = None) -> CalendarBook:
    return next_book(book or first_book(earlier), plan, changes_between(earlier, plan))


def test_everybody_has_their_own_sessions(tmp_path: Path) -> None:
    folder = written(tmp_path / "ics", PLAN)
    assert sorted(path.name for path in folder.iterdir()) == [
        *("S1.ics", "S2.ics", "T1.ics", "T2.ics"),
    ]
    mine = list(events(folder, "T1").values())
    assert [event["DTSTART"].dt for event in mine] == [
        datetime(2026, 1, 5, 13, 0, tzinfo=ZONE),
        datetime(2026, 1, 6, 8, 30, tzinfo=ZONE),
        datetime(2026, 1, 12, 13, 0, tzinfo=ZONE),
    ]
    first = mine[0]
    assert str(first["SUMMARY"]) == "Training: Linac quality assurance"
    assert str(first["LOCATION"]) == "Radiotherapy Physics, Main"
    assert "Trainer: Ada Bell" in str(first["DESCRIPTION"])
    assert "Equipment: linac1" in str(first["DESCRIPTION"])
    assert (str(first["STATUS"]), first["SEQUENCE"]) == ("CONFIRMED", 0)


def test_files_are_as_the_standard_wants_them(tmp_path: Path) -> None:
    long = PLAN.model_copy(update={"organisation": "R"})
    folder = written(tmp_path / "ics", long)
    for path in folder.iterdir():
        raw = path.read_bytes()
        assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert max(len(line) for line in raw.split(b"\r\n")) <= 75
        calendar = icalendar.Calendar.from_ical(raw)
        assert str(calendar["VERSION"]) == "2.0"
        assert str(calendar["METHOD"]) == "PUBLISH"
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
        for event in calendar.walk("VEVENT"):
            assert event["DTSTART"].params["TZID"] == "Europe/London"


@pytest.mark.parametrize(("month", "hours_ahead"), [(1, 0), (3, 0), (4, 1), (10, 1), (11, 0)])
def test_the_zone_in_the_file_knows_summer_time(
    tmp_path: Path, month: int, hours_ahead: int
) -> None:
    # The rule is read from the file itself, not from this machine's own time zones.
    folder = written(tmp_path / "ics", PLAN)
    calendar = icalendar.Calendar.from_ical((folder / "S1.ics").read_bytes())
    [zone] = calendar.walk("VTIMEZONE")
    moment = datetime(2027, month, 15, 9, 0, tzinfo=zone.to_tz(lookup_tzid=False))
    assert moment.utcoffset() == timedelta(hours=hours_ahead)


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = written(tmp_path / "one", PLAN), written(tmp_path / "two", PLAN)
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {
        p.name: p.read_bytes() for p in two.iterdir()
    }
    stamps = {event["DTSTAMP"].dt for event in events(one, "T1").values()}
    assert stamps == {datetime(2026, 1, 5, tzinfo=UTC)}


def test_a_moved_session_keeps_its_id_and_goes_up_in_sequence(tmp_path: Path) -> None:
    before = events(written(tmp_path / "one", PLAN), "T1")
    plan = with_first(date=TUESDAY, period="PM")
    after = events(written(tmp_path / "two", plan, follow(PLAN, plan)), "T1")
    assert set(after) == set(before)
    moved = [uid for uid in after if after[uid]["DTSTART"].dt != before[uid]["DTSTART"].dt]
    assert len(moved) == 1
    assert {uid: int(event["SEQUENCE"]) for uid, event in after.items()} == {
        uid: int(uid in moved) for uid in before
    }
    assert after[moved[0]]["DTSTAMP"].dt > before[moved[0]]["DTSTAMP"].dt


def test_who_leaves_gets_a_cancellation_and_who_comes_gets_the_event(tmp_path: Path) -> None:
    plan = with_first(staff=(StaffRole(role="trainer", staff_id="S2"),))
    folder = written(tmp_path / "ics", plan, follow(PLAN, plan))
    [gone] = events(folder, "S1").values()
    assert str(gone["STATUS"]) == "CANCELLED"
    assert int(gone["SEQUENCE"]) == 1
    assert str(gone["SUMMARY"]).startswith("Cancelled: ")
    theirs = events(folder, "S2")[str(gone["UID"])]
    assert (str(theirs["STATUS"]), int(theirs["SEQUENCE"])) == ("CONFIRMED", 1)


def test_a_cancelled_session_stays_cancelled_in_later_replans(tmp_path: Path) -> None:
    without = with_sessions(*PLAN.sessions[1:])
    book = follow(PLAN, without)
    again = with_sessions(PLAN.sessions[0], *PLAN.sessions[1:])
    # The very same session comes back: another event, since the first was called off.
    book = follow(without, again, book)
    found = events(written(tmp_path / "ics", again, book), "S1").values()
    assert sorted(str(event["STATUS"]) for event in found) == ["CANCELLED", "CONFIRMED"]
    assert len({str(event["UID"]) for event in found}) == 2


def test_another_room_is_an_update_and_another_number_is_not() -> None:
    plan = with_first(equipment=("linac2",))
    assert [event.sequence for event in follow(PLAN, plan).events] == [1, 0, 0, 0]
    renumbered = with_sessions(*PLAN.sessions)
    assert [event.sequence for event in follow(PLAN, renumbered).events] == [0, 0, 0, 0]


def test_the_book_is_read_back_only_for_its_own_plan(tmp_path: Path) -> None:
    plan = with_first(date=TUESDAY)
    book = follow(PLAN, plan)
    (tmp_path / "calendars.json").write_text(book.to_json(), encoding="utf-8")
    assert read_book(tmp_path, plan) == book
    assert read_book(tmp_path, PLAN) == first_book(PLAN)
    (tmp_path / "calendars.json").write_text("{", encoding="utf-8")
    assert read_book(tmp_path, plan) == first_book(plan)


def test_ids_are_of_the_organisation() -> None:
    elsewhere = PLAN.model_copy(update={"organisation": "Elsewhere"})
    ours = {event.uid for event in first_book(PLAN).events}
    assert len(ours) == len(PLAN.sessions)
    assert ours.isdisjoint(event.uid for event in first_book(elsewhere).events)


def test_any_id_makes_a_safe_name_of_a_file() -> None:
    people = ["007", "../x", "CON", "Zoë Dunn", "a/b", "nul.txt", "s1", "S1", ".", "x" * 300, "*?"]
    names = file_names(people)
    assert len({name.casefold() for name in names.values()}) == len(people)
    assert names["007"] == "007"
    for name in names.values():
        assert name.isascii()
        assert not set(name) & set('<>:"/\\|?*')
        assert 0 < len(name) <= 105
        assert not name.startswith(".")
        assert name.split(".")[0].lower() not in {"con", "nul"}


def test_names_with_commas_and_line_breaks_survive(tmp_path: Path) -> None:
    activities = {**BACKGROUND.activities, "QA": "Linacs; all, of them\nand more" + " more" * 40}
    folder = tmp_path / "ics"
    folder.mkdir()
    background = background_of(ORGANISATION, PLAN, program_version="0")
    background = type(background)(
        departments=background.departments,
        staff=background.staff,
        trainees=background.trainees,
        activities=activities,
    )
    write_calendars(folder, PLAN, first_book(PLAN), background)
    titles = {str(event["SUMMARY"]) for event in events(folder, "S1").values()}
    assert titles == {f"Training: {activities['QA']}"}
    assert MONDAY.isoformat() == "2026-01-05"
