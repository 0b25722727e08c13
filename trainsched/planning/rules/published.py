"""published: sessions of an earlier plan before ``locked_until`` stay exactly as they were."""

from collections import Counter

from trainsched.planning.build import Build, Expression
from trainsched.problem.offerings import Offering


def keep_published(build: Build) -> None:
    """Force what is published, and let nobody join, leave or replace it.

    Offerings before the date of which nothing is published run no session. Who sits with whom in
    published sessions side by side is not the model's matter (see ``pairing``).
    """
    published = build.problem.published
    if published is None:
        return
    days = build.problem.grid.days
    by_offering = published.by_offering()
    for offering in build.problem.offerings:
        sessions = by_offering.get(offering.index, ())
        if not sessions and days[build.problem.grid.day_of(offering.slot)] >= published.until:
            continue
        attending = {demand for session in sessions for demand in session.demands}
        serving = {pair for session in sessions for pair in session.staff}
        for demand in offering.attendees:
            literal = build.attends[offering.index, demand]
            build.model.add(literal == int(demand in attending))
        for role, people in enumerate(offering.roles):
            for person in people:
                literal = build.serves[offering.index, role, person]
                build.model.add(literal == int((role, person) in serving))
        build.model.add(build.runs[offering.index] == len(sessions))
        _keep_items(build, offering, Counter(i for s in sessions for i in s.items))


def _keep_items(build: Build, offering: Offering, items: Counter[str]) -> None:
    """As many units of each item as were published, for whichever position of the list."""
    listed = build.problem.activities[offering.activity].activity.equipment
    for item in sorted({item for alternatives in listed for item in alternatives}):
        held: list[Expression] = [
            build.holds[offering.index, position, item]
            for position in range(len(listed))
            if (offering.index, position, item) in build.holds
        ]
        alone = sum(alternatives == (item,) for alternatives in listed)
        if held:
            build.model.add(sum(held) + alone * build.runs[offering.index] == items[item])
