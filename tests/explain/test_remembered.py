"""What is remembered of other facts must not show: the index is as if made anew."""

import pytest

from tests.agreement.random_organisations import random_organisation
from trainsched.domain.organisation import Organisation
from trainsched.planning.explanation import changes
from trainsched.problem.index import index
from trainsched.problem.remembered import Remembered


def changed(organisation: Organisation) -> list[Organisation]:
    """The facts, then one change after another of them, then the facts again."""
    first, last = organisation.staff[0], organisation.staff[-1]
    trainee = organisation.trainees[0]
    day = organisation.calendar.dates[0]
    period = organisation.calendar.period_names[0]
    newcomer = changes.new_person(organisation, "A0", departments=first.departments)
    return [
        organisation,
        changes.staff_always_there(organisation, first.staff_id),
        changes.with_new_staff(organisation, newcomer),
        changes.at_work_in(organisation, last.staff_id, [(day, period)]),
        changes.with_policy(organisation, "rest_after_on_call_periods", 0),
        changes.without_caps(organisation, last.staff_id),
        changes.with_trainee(organisation, trainee.trainee_id, hei=None, start_date=None),
        organisation.with_facts(closures=()),
        organisation.with_facts(roster=()),
        changes.with_units(organisation, "new item", 2),
        organisation,
    ]


@pytest.mark.parametrize("seed", range(30))
def test_an_index_with_a_memory_is_as_one_without(seed: int) -> None:
    organisation = random_organisation(seed)
    if not organisation.staff or not organisation.trainees:
        return
    whole = index(organisation)
    remembered = Remembered(whole.demands)
    amounts = {(d.requirement.trainee_id, d.requirement.activity): d for d in whole.demands}
    for facts in changed(organisation):
        indexed, anew = remembered.index(facts), index(facts)
        assert indexed.setting.people == anew.setting.people
        assert indexed.setting.open_days == anew.setting.open_days
        assert indexed.setting.units == anew.setting.units
        for demand, other in zip(indexed.setting.demands, anew.demands, strict=True):
            true = amounts.get((demand.requirement.trainee_id, demand.requirement.activity))
            assert (demand.trainee, demand.activity, demand.after) == (
                other.trainee,
                other.activity,
                other.after,
            )
            assert demand.required == (true or other).required
        days, groups = range(len(anew.grid.days)), set(indexed.indexer.groups)
        assert indexed.cover_days(days, groups) == anew.cover_days
        assert indexed.cover_days(days, groups) == anew.cover_days
