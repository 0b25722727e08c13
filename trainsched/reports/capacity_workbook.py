"""capacity.xlsx and fund.xlsx: figures for workforce leads, with charts that Excel draws."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter.workbook import Workbook

from trainsched.domain.capacity import STARTERS, SUSTAINABLE, Capacity, Funding
from trainsched.domain.plan import Plan
from trainsched.reports.capacity_rows import (
    BINDING,
    CHANGES,
    HOSTING,
    PLACES,
    POINTS,
    POSTS,
    TARGETS,
    TRACED,
    Row,
    binding_rows,
    change_rows,
    hosting_rows,
    place_rows,
    point_rows,
    post_rows,
    target_rows,
    traced_rows,
)
from trainsched.reports.capacity_story import Story
from trainsched.reports.sheets import (
    Cell,
    CellKind,
    Column,
    Styles,
    set_up_print,
    write_sheet,
)
from trainsched.workbook.write import open_book

NUMBERS = frozenset(
    {
        *("fits", "impossible from", "intake", "hosted", "units", "annual cost", "sessions"),
        *("point", "duties", "needed", "available", "extra", "cost", "value of one more", "budget"),
        *("weighted", "salary support", "trainer posts", "backfill posts", "hei places"),
        *("cost of last trainee", "cost per trainee", "cost per qualified"),
        *("trainees now", "trainees then", "must sessions now", "must sessions then"),
    }
)
FRACTIONS = frozenset({"wte", "staff WTE now", "staff WTE then"})
WIDE = frozenset({"limits", "detail", "starters", "posts", "what fails with one unit fewer"})
HALF_A_PAGE = {"width": 900, "height": 310}
"""Pixels: two charts of that size fit on a page across."""
TITLES = {"wte": "WTE", "hei": "HEI", "hei places": "HEI places"}


def _columns(names: Sequence[str], wide: int = 50) -> list[Column]:
    found: list[Column] = []
    for name in names:
        title = TITLES.get(name, name[0].upper() + name[1:])
        kind: CellKind = "whole" if name in NUMBERS else "text"
        if name in FRACTIONS:
            kind = "number"
        elif name == "date":
            kind = "date"
        if name in WIDE:
            found.append(Column(title, "wrapped", wide))
        else:
            found.append(Column(title, kind))
    return found


def write_capacity_workbook(
    path: Path, capacity: Capacity, story: Story, plans: Mapping[int, Plan]
) -> None:
    """Results, Before and after, Hosting, Posts traced, HEI places, Binding limits, and so on.

    ``plans``: the plan that proves each academic year's answer.
    """
    book = open_book(path)
    styles = Styles(book)
    write_sheet(book, styles, "Results", _RESULT_COLUMNS, _capacity_results(capacity, story))
    if story.changes:
        rows = change_rows(story.changes)
        write_sheet(book, styles, "Before and after", _columns(CHANGES), rows)
    write_sheet(book, styles, "Hosting", _columns(HOSTING, 70), hosting_rows(capacity))
    _chart_of_hosting(book, capacity)
    write_sheet(book, styles, "Targets", _columns(TARGETS), target_rows(capacity))
    write_sheet(book, styles, "Posts", _columns(POSTS), post_rows(capacity.posts))
    traced = traced_rows(capacity.posts, plans, story.lost)
    write_sheet(book, styles, "Posts traced", _columns(TRACED, 75), traced)
    write_sheet(book, styles, "HEI places", _columns(PLACES), place_rows(capacity.hei_places))
    write_sheet(book, styles, "Binding limits", _columns(BINDING, 80), binding_rows(capacity))
    _write_background(book, styles, story)
    book.close()


def write_funding_workbook(
    path: Path, funding: Funding, story: Story, plans: Sequence[Plan | None]
) -> None:
    """Frontier (or budgets) with a chart, Posts traced, HEI places, Assumptions, Method.

    ``plans``: the plan that proves each point.
    """
    book = open_book(path)
    styles = Styles(book)
    write_sheet(book, styles, "Results", _RESULT_COLUMNS, _funding_results(funding, story))
    write_sheet(book, styles, "Frontier", _columns(POINTS, 30), point_rows(funding))
    _chart_of_money(book, funding)
    traced_points: list[Row] = [
        (number, point.annual_cost, *row[:-1])
        for number, (point, plan) in enumerate(zip(funding.points, plans, strict=True), start=1)
        for row in traced_rows(point.posts, {} if plan is None else {funding.year: plan}, {})
    ]
    names = ("point", "annual cost", *TRACED[:-1])
    write_sheet(book, styles, "Posts traced", _columns(names), traced_points)
    places = [
        (point.annual_cost, *row)
        for point in funding.points
        for row in place_rows(point.hei_places)
    ]
    write_sheet(book, styles, "HEI places", _columns(("annual cost", *PLACES)), places)
    _write_background(book, styles, story)
    book.close()


_RESULT_COLUMNS = [Column("Figure", "wrapped", 44), Column("Value", "whole"),
                   Column("What it means", "wrapped", 70)]  # fmt: skip


def _capacity_results(capacity: Capacity, story: Story) -> list[list[Cell]]:
    money = capacity.annual_cost
    wanted = sum(t.intake for t in capacity.targets)
    hosted = sum(t.hosted for t in capacity.targets)
    has_years = len(story.money) > 1
    in_all = "all years together" if has_years else ""
    dearest = " of the dearest year" if has_years else ""
    rows: list[list[Cell]] = [
        ["Starters wanted", wanted, ", ".join(filter(None, (story.organisation, in_all)))],
        ["Starters hosted in the answer", hosted, "every must session placed, cover kept"],
        [
            "Annual cost, pounds",
            money.value,
            f"posts and university places{dearest}: {money.status}",
        ],
        ["No answer costs less than, pounds", money.bound, "proved"],
        [
            "Posts",
            sum(p.units for p in capacity.posts),
            in_all or "whole units",
        ],
        ["Extra university places", sum(p.extra for p in capacity.hei_places), in_all],
    ]
    if has_years:
        rows += [
            [f"Annual cost for {year}, pounds", of_year.value, str(of_year.status)]
            for year, of_year in story.money.items()
        ]
    if capacity.hosting:
        proved = sum(limit.is_proved for limit in capacity.hosting)
        rows.append(["Hosting limits proved", proved, f"of {len(capacity.hosting)}"])
    rows += [["Not reached", None, reason] for reason in story.reasons]
    return rows


def _funding_results(funding: Funding, story: Story) -> list[list[Cell]]:
    what = "frontier of cost against intake" if funding.is_frontier else "what each budget buys"
    done = "complete" if funding.is_complete else "not searched to the end"
    return [
        ["Points", len(funding.points), f"{story.organisation}: {what}, {done}"],
        ["Most starters", max((p.intake for p in funding.points), default=0), ""],
    ]


def _write_background(book: Workbook, styles: Styles, story: Story) -> None:
    assumptions: list[list[Cell]] = [
        [v.name, str(v.value), v.unit, v.source, v.status, v.meaning] for v in story.assumptions
    ]
    columns = [Column("Assumption"), Column("Value"), Column("Unit"),
               Column("Source", "wrapped", 50), Column("Status"),
               Column("Meaning", "wrapped", 50)]  # fmt: skip
    write_sheet(book, styles, "Assumptions", columns, assumptions)
    method: list[list[Cell]] = [[line] for line in story.method]
    write_sheet(book, styles, "Method", [Column("Method", "wrapped", 110)], method)


def _chart_of_hosting(book: Workbook, capacity: Capacity) -> None:
    """Starters that fit, by department and programme, in theory and at the absence rate."""
    shown = [h for h in capacity.hosting if h.view == STARTERS and h.fits]
    if not shown:
        return
    page = book.add_worksheet("Chart data")
    names = ("Department and programme", "In theory", "At the stated absence rate")
    page.write_row(0, 0, names)
    at_absence = {
        (h.department, h.programme): h.fits
        for h in capacity.hosting
        if h.view == STARTERS + SUSTAINABLE
    }
    for number, limit in enumerate(shown, start=1):
        page.write_string(number, 0, f"{limit.department} {limit.programme}")
        page.write_number(number, 1, limit.fits)
        kept = at_absence.get((limit.department, limit.programme))
        if kept is not None:
            page.write_number(number, 2, kept)
    page.set_column(0, 2, 26)
    chart = book.add_chart({"type": "bar"})
    for position in (1, 2) if at_absence else (1,):
        chart.add_series(
            {
                "name": ["Chart data", 0, position],
                "categories": ["Chart data", 1, 0, len(shown), 0],
                "values": ["Chart data", 1, position, len(shown), position],
            }
        )
    chart.set_title({"name": "Starters that can be hosted"})
    chart.set_x_axis({"name": "starters", "min": 0})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 720, "height": 120 + 26 * len(shown)})
    page.insert_chart("E2", chart)
    set_up_print(page, "Chart data")


def _chart_of_money(book: Workbook, funding: Funding) -> None:
    """Cost against intake, and the money by what it pays for."""
    if not funding.points:
        return
    last = len(funding.points)
    at = {name: position for position, name in enumerate(POINTS)}
    page = book.add_worksheet("Charts")
    curve = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    curve.add_series(
        {
            "name": "Intake",
            "categories": ["Frontier", 1, at["annual cost"], last, at["annual cost"]],
            "values": ["Frontier", 1, at["intake"], last, at["intake"]],
        }
    )
    curve.set_title({"name": "Starters for the money"})
    curve.set_x_axis({"name": "pounds a year", "num_format": "#,##0"})
    curve.set_y_axis({"name": "starters", "min": 0})
    curve.set_legend({"none": True})
    curve.set_size(HALF_A_PAGE)
    page.insert_chart("A1", curve)
    split = book.add_chart({"type": "column", "subtype": "stacked"})
    for name in ("salary support", "trainer posts", "backfill posts", "hei places"):
        split.add_series(
            {
                "name": ["Frontier", 0, at[name]],
                "categories": ["Frontier", 1, at["intake"], last, at["intake"]],
                "values": ["Frontier", 1, at[name], last, at[name]],
            }
        )
    split.set_title({"name": "What the money pays for"})
    split.set_x_axis({"name": "starters"})
    split.set_y_axis({"name": "pounds a year", "num_format": "#,##0"})
    split.set_size(HALF_A_PAGE)
    page.insert_chart("A18", split)
    set_up_print(page, "Charts")
