"""published: sessions of an earlier plan before ``locked_until`` stay exactly as they were."""

from trainsched.planning.build import Build


def keep_published(build: Build) -> None:
    """Force what is published, and let nobody join, leave or replace it.

    ``published`` holds, for each offering on a locked day, the demands that attend and the
    ``(role, person)`` pairs that serve; offerings not named run no session then.
    """
    locked = build.published
    if locked is None:
        return
    days = build.problem.grid.days
    for offering in build.problem.offerings:
        if days[build.problem.grid.day_of(offering.slot)] >= locked.until:
            continue
        attending, serving = locked.sessions.get(offering.index, (frozenset(), frozenset()))
        for demand in offering.attendees:
            literal = build.attends[offering.index, demand]
            build.model.add(literal == int(demand in attending))
        for role, people in enumerate(offering.roles):
            for person in people:
                literal = build.serves[offering.index, role, person]
                build.model.add(literal == int((role, person) in serving))
