"""Which limits bind, and how many more starters one more unit of each would let in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from trainsched.domain.capacity import NOT_ASKED, STARTERS, BindingLimit, HostingLimit
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId
from trainsched.expansion.facts import FIRST_YEAR
from trainsched.expansion.hosting import what_takes_staff, with_checked_plan
from trainsched.expansion.ladder import Ladder
from trainsched.expansion.memory import fingerprint
from trainsched.expansion.one_more import OneMore, accredited, one_more_of_each
from trainsched.expansion.questions import Asker
from trainsched.expansion.year_answer import YearAnswer

AT_LEAST = " (at least: what is beyond could not be settled)"


def limits_in_question(
    organisation: Organisation, hosting: Iterable[HostingLimit]
) -> list[tuple[HostingLimit, ...]]:
    """Proved limits where starters are trained now, or wanted by a target.

    Those of programmes that take the same of the same staff are together.
    """
    here = {(trainee.department, trainee.programme) for trainee in organisation.trainees}
    region_of = {department.code: department.region for department in organisation.departments}

    def is_wanted(limit: HostingLimit) -> bool:
        return any(
            target.programme == limit.programme
            and target.department in (None, limit.department)
            and target.region in (None, region_of[limit.department])
            for target in organisation.targets
        )

    together: dict[object, list[HostingLimit]] = defaultdict(list)
    for limit in hosting:
        is_asked = (limit.department, limit.programme) in here or is_wanted(limit)
        if limit.view == STARTERS and limit.is_proved and is_asked:
            takes = what_takes_staff(organisation, limit.programme, (FIRST_YEAR,))
            together[limit.department, takes].append(limit)
    return [tuple(limits) for limits in together.values()]


def worth_of_one_more(
    organisation: Organisation,
    asker: Asker,
    limit: HostingLimit,
    say: Callable[[str], None],
    *,
    first: int = 0,
    step: int = 1,
) -> list[BindingLimit]:
    """What one more unit of each would let in, where that is anything, not settled or not asked.

    Of all units in their order those from the ``first`` on by the ``step``.
    """
    found: list[BindingLimit] = []
    for one in islice(_ways_out(organisation, limit), first, None, step):
        if not asker.engine.is_spent:
            say(f"{_where(limit)}: {one.detail}")
        binding = _worth(asker, limit, one)
        if binding is not None:
            found.append(binding)
    return found


def _ways_out(organisation: Organisation, limit: HostingLimit) -> Iterable[OneMore]:
    if any(reason.rule == RuleId.HOSTING for reason in limit.limits):
        return (accredited(organisation, limit.department, limit.programme),)
    return one_more_of_each(organisation, limit.department, limit.programme)


def _where(limit: HostingLimit) -> str:
    return f"{limit.department}, {limit.programme}"


def _worth(asker: Asker, limit: HostingLimit, one: OneMore) -> BindingLimit | None:
    """How many more; None where it is proved that there are none."""
    key = fingerprint("one more", one.facts, limit.department, limit.programme, limit.fits)
    known = asker.memory.get(key)
    if known is not None:
        fits, impossible = known["fits"], known["impossible_from"]
    elif asker.engine.is_spent:
        detail = f"{_where(limit)}: {one.detail}{NOT_ASKED}"
        return BindingLimit(limit=one.limit, detail=detail, value_of_one_more=0)
    else:
        ladder = Ladder(
            asker, one.facts, limit.department, limit.programme, STARTERS, known=limit.fits
        )
        fits, impossible = ladder.find(limit.fits)
        fits = with_checked_plan(ladder, fits, known=limit.fits)
    # Nobody need use the one more, so as many fit as before whatever is said of fewer.
    is_settled = impossible is not None and impossible <= fits + 1
    if is_settled and known is None:
        asker.memory.put(key, {"fits": fits, "impossible_from": impossible})
    if is_settled and fits == limit.fits:
        return None
    return BindingLimit(
        limit=one.limit,
        detail=f"{_where(limit)}: {one.detail}{'' if is_settled else AT_LEAST}",
        value_of_one_more=fits - limit.fits,
    )


def binding_places(years: Sequence[YearAnswer]) -> list[BindingLimit]:
    """Universities whose ordinary places are all taken, and more would be."""
    return [
        BindingLimit(
            limit="HEI places",
            detail=f"{row.hei}, {row.programme}: one more ordinary place spares an extra one",
            value_of_one_more=0,
        )
        for year in years
        if year.bought is not None
        for row, _, extra in year.bought.places
        if extra
    ]


def most_valuable_first(limits: Iterable[BindingLimit]) -> tuple[BindingLimit, ...]:
    """The limits in order of what one more unit of each lets in."""
    return tuple(sorted(limits, key=lambda b: (-b.value_of_one_more, b.limit, b.detail)))
