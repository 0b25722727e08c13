import io
from datetime import date

import pytest
from rich.console import Console

from tests.unit.reports_example import PLAN
from trainsched.domain.findings import Finding
from trainsched.domain.plan import GoalResult, GoalStatus
from trainsched.domain.problems import Problem, Severity
from trainsched.domain.rules import GoalId, RuleId
from trainsched.reports.findings_list import findings_document, print_findings, what_was_checked
from trainsched.reports.problems_list import print_problems, problems_document
from trainsched.reports.words import (
    WHY_WORDS,
    counted,
    day_words,
    goal_status_words,
    goal_value_words,
    listed,
    number_words,
    share_words,
)

PROBLEMS = (
    Problem(
        severity=Severity.NOTICE,
        sheet="Roster",
        cell="C3",
        problem="Work on a day off.",
    ),
    Problem(
        severity=Severity.WARNING,
        sheet="Staff",
        cell="E4",
        value="1.5",
        problem="This is more than a whole post.",
        remedy="Write a number up to 1.",
    ),
    Problem(
        severity=Severity.ERROR,
        sheet="Trainees",
        cell="C2",
        cells=tuple(f"C{row}" for row in range(2, 14)),
        value="RX",
        problem="There is no such department.",
        remedy="Write RT, or add RX to the sheet Departments.",
    ),
)


def printed(problems: tuple[Problem, ...]) -> str:
    stream = io.StringIO()
    print_problems(problems, Console(file=stream, width=80, markup=False, highlight=False))
    return stream.getvalue()


def test_problems_begin_with_their_counts_and_errors_come_first() -> None:
    text = printed(PROBLEMS)
    assert text.startswith("The input has 1 error, 1 warning and 1 notice.")
    assert text.index("ERRORS in sheet Trainees") < text.index("WARNINGS in sheet Staff")
    assert text.index("WARNINGS in sheet Staff") < text.index("NOTICES in sheet Roster")


def test_a_problem_names_cell_value_and_remedy() -> None:
    text = printed(PROBLEMS)
    assert "E4  [1.5]  This is more than a whole post." in text
    assert "Write a number up to 1." in text


def test_many_cells_of_one_problem_are_counted() -> None:
    assert "C8, C9 and 4 more" in printed(PROBLEMS)


def test_without_errors_the_work_goes_on() -> None:
    assert "None of them stops the work." in printed(PROBLEMS[:2])
    assert printed(()) == ""


def test_the_problems_document_is_ok_only_without_errors() -> None:
    document = problems_document(PROBLEMS)
    assert document["format"] == "trainsched-problems/1"
    assert document["ok"] is False
    assert [p["severity"] for p in document["problems"]] == ["error", "warning", "notice"]
    assert problems_document(PROBLEMS[:2])["ok"] is True


FINDINGS = (
    Finding(rule=RuleId.TRAVEL, detail="S1 has 10 minutes for 45."),
    Finding(rule=RuleId.AT_WORK, detail="S2 is absent on Mon 5 Jan AM."),
    Finding(goal=GoalId.WISHES, detail="It is 7, not 5."),
)


def test_findings_are_grouped_by_rule_in_the_rules_order() -> None:
    stream = io.StringIO()
    print_findings(FINDINGS, Console(file=stream, width=80, markup=False, highlight=False))
    text = stream.getvalue()
    assert text.startswith("The plan does not hold: 3 findings.")
    places = [text.index(word) for word in ("at_work:", "travel:", "wishes:")]
    assert places == sorted(places)
    assert "S1 has 10 minutes for 45." in text


def test_the_findings_document() -> None:
    document = findings_document(FINDINGS)
    assert (document["format"], document["ok"]) == ("trainsched-verify/1", False)
    assert [finding["rule"] for finding in document["findings"]] == ["travel", "at_work", None]
    assert findings_document(())["ok"] is True


def test_one_sentence_says_what_was_checked() -> None:
    assert "4 sessions and 3 duty-slots checked against 18 rules" in what_was_checked(PLAN)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.001, "under 1 %"), (0.5, "50 %"), (0.999, "over 99 %"), (1, "100 %")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float, words: str) -> None:
    assert share_words(share) == words


def test_words_for_dates_counts_and_lists() -> None:
    assert day_words(date(2026, 1, 5)) == "Mon 5 Jan 2026"
    assert counted(1, "duty", "duties") == "1 duty"
    assert counted(1204, "duty", "duties") == "1,204 duties"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert number_words(2.50) == "2.5"


def test_every_rule_has_words_for_why() -> None:
    assert set(WHY_WORDS) == set(RuleId)


def test_a_goal_without_a_value_is_not_a_nought() -> None:
    untried = GoalResult(
        name=GoalId.WISHES, value=None, bound=None, status=GoalStatus.NOT_ATTEMPTED
    )
    assert goal_value_words(untried.name, untried.value) == "-"
    assert goal_status_words(untried) == "not attempted: time ran out before it"
