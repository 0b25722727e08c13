"""Capacity and funding as rows of plain values, for tables of every kind."""

from collections.abc import Mapping, Sequence
from datetime import date

from trainsched.domain.capacity import (
    Capacity,
    DepartmentChange,
    Funding,
    HeiAnswer,
    PostAnswer,
)
from trainsched.domain.plan import Plan

Row = tuple[str | int | float | date | None, ...]

HOSTING = ("department", "programme", "view", "fits", "impossible from", "proved", "limits")
TARGETS = ("programme", "year", "where", "intake", "hosted")
POSTS = ("post", "department", "year", "units", "wte", "annual cost", "sessions", "duties")
PLACES = ("hei", "programme", "year", "needed", "available", "extra", "cost")
CHANGES = (
    *("year", "department", "trainees now", "trainees then", "staff WTE now", "staff WTE then"),
    *("must sessions now", "must sessions then"),
)
TRACED = (
    *("year", "post", "department", "does", "session or duty", "date", "period", "with"),
    "what fails with one unit fewer",
)
BINDING = ("limit", "detail", "value of one more")
POINTS = (
    *("budget", "intake", "weighted", "annual cost", "status", "salary support"),
    *("trainer posts", "backfill posts", "hei places", "cost of last trainee"),
    *("cost per trainee", "cost per qualified", "starters", "posts"),
)


def hosting_rows(capacity: Capacity) -> list[Row]:
    """One row a limit."""
    return [
        (
            h.department,
            h.programme,
            h.view.replace("_", " "),
            h.fits,
            h.impossible_from,
            "yes" if h.is_proved else "open",
            "; ".join(limit.detail for limit in h.limits),
        )
        for h in capacity.hosting
    ]


def target_rows(capacity: Capacity) -> list[Row]:
    """One row a target."""
    return [
        (t.programme, t.year, t.where or "anywhere", t.intake, t.hosted) for t in capacity.targets
    ]


def post_rows(posts: Sequence[PostAnswer]) -> list[Row]:
    """One row a post and department."""
    return [
        (
            p.post,
            p.department,
            p.year,
            p.units,
            p.wte,
            p.annual_cost,
            len(p.unlocks.sessions),
            len(p.unlocks.duties),
        )
        for p in posts
    ]


def traced_rows(
    posts: Sequence[PostAnswer], plans: Mapping[int, Plan], lost: Mapping[tuple[int, str], str]
) -> list[Row]:
    """What the holders of posts do in the plan of their year, by session and by duty.

    ``lost``: for each year and post in a department, what fails with one unit fewer.
    """
    sessions = {(year, held.id): held for year, plan in plans.items() for held in plan.sessions}
    rows: list[Row] = []
    for post in posts:
        whose = post.year, post.post, post.department
        fails = lost.get((post.year, f"{post.post} in {post.department}"), "")
        for key in post.unlocks.sessions:
            held = sessions.get((post.year, key))
            what: Row = (key, None, "", "")
            if held is not None:
                trainees = ", ".join(held.trainees)
                what = (f"{held.activity} ({key})", held.date, held.period, trainees)
            rows.append((*whose, "session", *what, fails))
        rows += [
            (*whose, "duty", f"{duty} in {department}", day, period, "", fails)
            for department, duty, day, period in post.unlocks.duties
        ]
    return rows


def change_rows(changes: Mapping[int, Sequence[DepartmentChange]]) -> list[Row]:
    """One row an academic year and department."""
    return [
        (year, c.department, *c.trainees, *c.staff_wte, *c.must_sessions)
        for year, of_year in changes.items()
        for c in of_year
    ]


def place_rows(places: Sequence[HeiAnswer]) -> list[Row]:
    """One row a university and programme."""
    return [(p.hei, p.programme, p.year, p.needed, p.available, p.extra, p.cost) for p in places]


def binding_rows(capacity: Capacity) -> list[Row]:
    """One row a limit that binds, most valuable first."""
    return [(b.limit, b.detail, b.value_of_one_more) for b in capacity.binding_limits]


def point_rows(funding: Funding) -> list[Row]:
    """One row a budget or point of the frontier."""
    return [
        (
            p.budget,
            p.intake,
            p.weighted,
            p.annual_cost,
            str(p.status),
            p.split.salary_support,
            p.split.trainer_posts,
            p.split.backfill_posts,
            p.split.hei_places,
            p.cost_of_last_trainee,
            p.cost_per_trainee,
            p.cost_per_qualified,
            "; ".join(f"{s.count} {s.programme} in {s.department}" for s in p.starters),
            "; ".join(f"{u.units} x {u.post} in {u.department}" for u in p.posts),
        )
        for p in funding.points
    ]
