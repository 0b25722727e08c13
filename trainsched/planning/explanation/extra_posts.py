"""An extra post: the cheapest that helps, for as few days a week as do."""

from collections.abc import Iterator

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.explanation import UnlockKind
from trainsched.domain.organisation import Organisation
from trainsched.domain.people import BANDS, Staff
from trainsched.planning.explanation import changes, prices
from trainsched.planning.explanation.attempts import Attempts, Confirmed

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
WTE_OF_A_DAY = 0.2
FULL_WEEK_DAYS = 5
NEW_POST = "~post"


def extra_post(attempts: Attempts) -> Iterator[Confirmed]:
    """The cheapest post that helps, for as few days as do."""
    posts = sorted(_posts(attempts), key=lambda one: (one[2] is None, one[2] or 0))
    for number, (name, post, cost) in enumerate(posts):
        whole = attempts.way_with(_with_post(attempts, post))
        if whole is None:
            if number == 0 and not _would_all_help(attempts, [other for _, other, _ in posts]):
                return
            continue
        for wte, days, pattern in _part_time(attempts, whole.slot, post):
            part = post.model_copy(update={"pattern": pattern})
            way = attempts.way_with(_with_post(attempts, part), like=whole)
            if way is None:
                continue
            yield attempts.confirmed(
                UnlockKind.EXTRA_POST,
                name,
                f"An extra post of {wte:g} WTE{days}, {name}, in {post.departments[0]}",
                way,
                pounds=None if cost is None else round(cost * wte),
                basis=prices.price_basis(attempts.costs, post.band),
                wte=wte,
            )
            return


def _would_all_help(attempts: Attempts, posts: list[Staff]) -> bool:
    """Whether all the posts together would place it; one alone does not if they do not."""
    organisation = attempts.organisation
    for number, post in enumerate(posts):
        one = post.model_copy(update={"staff_id": f"{post.staff_id}{number}"})
        organisation = _with_post(attempts, one, organisation)
    return attempts.way_with(organisation) is not None


def _posts(attempts: Attempts) -> Iterator[tuple[str, Staff, int | None]]:
    """Posts that could be funded; where none are listed, one like each of the lowest bands."""
    for listed in attempts.organisation.posts:
        for code in (listed.department,) if listed.department else attempts.times.departments:
            yearly = listed.annual_cost_pounds
            cost = prices.year_pounds(attempts.costs, listed.band) if yearly is None else None
            if yearly is not None:
                cost = round(yearly / listed.wte)
            yield listed.post, _post(attempts, listed.band, listed.competences, code), cost
    if attempts.organisation.posts:
        return
    by_id = attempts.organisation.staff_by_id
    alike = sorted(
        (by_id[p.person_id] for p in attempts.pool),
        key=lambda s: (BANDS.index(s.band) if s.band else -1, s.staff_id),
    )
    seen: set[tuple[object, ...]] = set()
    for person in alike:
        where = next((d for d in person.departments if d in attempts.times.departments), None)
        kind = person.band, person.competences, where
        if where is None or kind in seen:
            continue
        seen.add(kind)
        band = f"band {person.band}, " if person.band else ""
        name = f"{band}like {attempts.say.label(person.staff_id)}"
        post = _post(attempts, person.band, person.competences, where)
        yield name, post, prices.year_pounds(attempts.costs, person.band)


def _post(
    attempts: Attempts, band: str | None, competences: tuple[str, ...], department: str
) -> Staff:
    return Staff(
        staff_id=NEW_POST,
        name="extra post",
        departments=(department,),
        band=band,
        competences=competences,
        pattern=changes.always(attempts.organisation),
    )


def _with_post(
    attempts: Attempts, post: Staff, organisation: Organisation | None = None
) -> Organisation:
    organisation = changes.with_new_staff(organisation or attempts.organisation, post)
    if attempts.activity.staff:
        code = attempts.activity.code
        named = (*organisation.activity_by_code[code].staff, post.staff_id)
        organisation = changes.with_activity(organisation, code, staff=named)
    return organisation


def _part_time(
    attempts: Attempts, slot: int, post: Staff
) -> Iterator[tuple[float, str, WorkingPattern]]:
    """One day a week, on the day of the session first; else the whole week."""
    calendar = attempts.organisation.calendar
    day = attempts.times.problem.grid.days[attempts.times.problem.grid.day_of(slot)].weekday()
    if len(calendar.working_days) == FULL_WEEK_DAYS:
        one_day = tuple((day, name) for name in calendar.period_names)
        yield WTE_OF_A_DAY, f" ({WEEKDAYS[day]})", WorkingPattern(weeks=(one_day,))
    yield 1.0, "", post.pattern
