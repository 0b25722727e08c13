"""one_place_at_a_time: a person is in at most one session or exclusive duty in a slot."""

from ortools.sat.python import cp_model

from trainsched.planning.build import Build
from trainsched.planning.stays import Stays


def keep_one_place_at_a_time(build: Build) -> None:
    """For each person and slot: at most one of their stays."""
    exclude_each_other(build.model, build.stays)
    for (trainee, _), counts in sorted(build.counted_at.items()):
        build.model.add(sum(counts) <= build.numbers[trainee])


def exclude_each_other(model: cp_model.CpModel, stays: Stays) -> None:
    """At most one stay holds in every slot of every person."""
    for _, by_slot in stays.people():
        for slot in sorted(by_slot):
            if len(by_slot[slot]) > 1:
                model.add_at_most_one([stay.literal for stay in by_slot[slot]])
