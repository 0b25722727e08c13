import io

import pytest
from rich.console import Console

from tests.unit.reports_example import NEXT_MONDAY, ORGANISATION, PLAN
from trainsched.domain.plan import Plan, Summary
from trainsched.reports.background import Background, background_of
from trainsched.reports.console import bar
from trainsched.reports.figures import UnknownNameError, figures_of
from trainsched.reports.terminal import print_plan
from trainsched.reports.timetable import print_timetable, stays_of, timetable_document

BACKGROUND = background_of(ORGANISATION, PLAN, program_version="0.0.0")


class Terminal(io.TextIOWrapper):
    """A stream of a given encoding that remembers what was written to it."""

    def __init__(self, encoding: str) -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, encoding=encoding, errors="strict", newline="\n")


def shown(
    plan: Plan = PLAN,
    background: Background = BACKGROUND,
    *,
    width: int = 80,
    encoding: str = "utf-8",
    department: str | None = None,
) -> str:
    stream = Terminal(encoding)
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    print_plan(plan, background, console, department)
    stream.flush()
    return stream.kept.getvalue().decode(encoding)


def empty_plan() -> Plan:
    nothing = Summary(
        required=0,
        placed=0,
        share_placed=1.0,
        protected_trainer_hours=0.0,
        protected_trainee_hours=0.0,
        changed_duties=0,
    )
    return PLAN.model_copy(
        update={
            "sessions": (),
            "cover": (),
            "shortfalls": (),
            "unplaced": (),
            "warnings": (),
            "summary": nothing,
        }
    )


def test_the_first_lines_answer_whether_cover_is_kept() -> None:
    lines = shown().splitlines()
    assert lines[0] == "Riverside: protected training"
    question = lines.index("1  Is every duty covered if I approve this?")
    answer = " ".join(line.strip() for line in lines[question + 1 : question + 6])
    assert question < 5
    assert "As well as without any training" in answer
    assert "3 of 5 duty places are filled" in answer
    assert "NM Radiopharmacy: Tue 6 Jan AM (2)" in answer
    assert "1 rostered duty place passes to another qualified person" in answer


def test_a_plan_without_shortfalls_says_yes() -> None:
    text = shown(PLAN.model_copy(update={"shortfalls": ()}))
    assert "Yes. All 3 duty places are filled, training included." in text


def test_the_second_answer_counts_sessions_by_priority_and_hours() -> None:
    text = shown(width=120)
    assert "6 of 9 sessions (67 %)" in text
    assert "must 4 of 6, could 2 of 3" in text
    assert "24 hours of trainees' time and 8 hours of trainers' time" in text


def test_the_third_answer_groups_by_rule_with_each_detail() -> None:
    text = shown(width=120)
    assert "2 sessions: nobody qualified could give them (rule qualified)" in text
    assert "=HYPERLINK(1) (T3), QA: Linac quality assurance: 2 of 2 missing (must)" in text
    assert "linac1 is in use." in text
    assert text.index("rule qualified") < text.index("rule at_work")


def test_the_fourth_answer_measures_trainers_against_their_own_limit() -> None:
    load = {row.staff_id: row for row in figures_of(PLAN, BACKGROUND).load}
    # 4 sessions a week for 1.0 WTE over 2 weeks; 0.6 WTE gives 2.4, rounded up to 3 a week.
    assert (load["S1"].limit, load["S2"].limit) == (8, 6)
    assert [row.staff_id for row in figures_of(PLAN, BACKGROUND).load] == ["S2", "S1"]
    assert "Ben Carr" in shown()


def test_goals_say_in_plain_words_what_is_known() -> None:
    text = shown(width=120)
    assert "proved best: no plan does better" in text
    assert "best found: no plan is below 0" in text
    assert "not attempted: time ran out before it" in text
    assert "100 %" in text


def test_assumptions_come_with_their_source() -> None:
    text = shown(width=120)
    assert "max_training_per_week" in text
    assert "our own default (assumption)" in text


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(len(line) for line in shown(width=width).splitlines()) <= width


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_every_console_can_show_the_report(encoding: str) -> None:
    text = shown(encoding=encoding)
    assert ("█" in text) == (encoding == "utf-8")
    assert "\x1b" not in text
    if encoding != "utf-8":
        assert text.isascii()
        assert "####" not in text.splitlines()[0]
        assert "##" in text


def test_red_is_kept_for_what_is_short() -> None:
    def drawn(plan: Plan) -> str:
        stream = io.StringIO()
        console = Console(
            file=stream, width=100, force_terminal=True, color_system="standard", no_color=False
        )
        print_plan(plan, BACKGROUND, console)
        return stream.getvalue()

    red = "\x1b[1;31m"
    assert red in drawn(PLAN)
    assert "31m" not in drawn(PLAN.model_copy(update={"shortfalls": ()}))


def test_without_names_the_ids_are_shown() -> None:
    text = shown(background=Background())
    assert "T3, QA: 2 of 2 missing" in text
    assert "There is no record of a check" in " ".join(text.split())
    assert "Ada" not in text


def test_a_plan_of_nothing_says_so() -> None:
    text = shown(empty_plan())
    assert "There are no duties to cover in this plan." in text
    assert "No training is asked for in this plan." in text
    assert "No session needs a trainer." in text


def test_a_department_is_shown_alone_whatever_the_case_of_its_code() -> None:
    text = shown(department="nm")
    assert "Riverside, Nuclear Medicine (NM)" in text
    assert "0 of 3 sessions (0 %)" in text
    assert "Linac QA" not in text
    assert "Ada Bell" not in text
    assert "Radiopharmacy" in text


def test_an_unknown_department_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no department XX in this run\. It has: NM, RT"):
        figures_of(PLAN, BACKGROUND, "XX")


def test_a_timetable_holds_sessions_and_duties_in_order() -> None:
    stays = stays_of(PLAN, BACKGROUND, "S2")
    assert [(stay.date.day, stay.what) for stay in stays] == [
        (5, "Duty: Linac QA"),
        (12, "QA: Linac quality assurance"),
    ]
    assert stays[0].note == "instead of Ada Bell"
    assert stays[1].date == NEXT_MONDAY


@pytest.mark.parametrize("width", [80, 120])
def test_a_timetable_fits_the_terminal_and_names_the_others(width: int) -> None:
    stream = io.StringIO()
    print_timetable(PLAN, BACKGROUND, "eve firth", Console(file=stream, width=width))
    text = stream.getvalue()
    assert max(len(line) for line in text.splitlines()) <= width
    assert text.startswith("Eve Firth (T1): timetable")
    assert "3 protected sessions (12 hours), 0 duties" in text
    assert "Week of 12 Jan 2026" in text


def test_a_timetable_as_a_document() -> None:
    document = timetable_document(PLAN, BACKGROUND, "t1")
    assert document["person"] == "T1"
    assert [stay["session_id"] for stay in document["stays"]] == ["s00001", "s00002", "s00003"]
    assert document["stays"][0]["people"] == ["S1", "T2"]


def test_nobody_of_that_name() -> None:
    with pytest.raises(UnknownNameError, match="nobody called Nobody"):
        stays_of(PLAN, BACKGROUND, "x") or timetable_document(PLAN, BACKGROUND, "Nobody")


def test_a_small_share_shows_and_a_large_one_stays_inside() -> None:
    assert bar(0.001, 10, ascii_only=True) == "#........."
    assert bar(0, 10, ascii_only=True) == ".........."
    assert bar(1.7, 10, ascii_only=True) == "##########"


def test_each_department_has_what_it_lacks_beside_what_is_proved() -> None:
    lacking = {(d.department, d.priority): d.missing for d in BACKGROUND.demand if d.missing}
    assert lacking, "the example must lack something"
    text = shown()
    assert "by the trainees' own department" not in text, "nothing is said where nothing was asked"
    order = ["must", "should", "could"]
    for proved, words in ((0, "some plan might place all"), (1, "no plan places more of these")):
        least = {(code, order.index(p)): proved * lacking[code, p] for code, p in lacking}
        known = background_of(ORGANISATION, PLAN, program_version="0.0.0", least_missing=least)
        for department in (None, *sorted({code for code, _ in lacking})):
            text = shown(background=known, department=department, width=120)
            assert "by the trainees' own department" in text
            assert words in text
