"""rostered_duties: as rostered, a rostered duty stays with its person; else a change is counted."""

from trainsched.planning.build import Build


def keep_rostered_duties(build: Build) -> None:
    """Forbid any session to people in slots in which they stay on a rostered duty.

    Under flexible cover nobody stays by rule; the goal ``changed_duties`` counts the changes.
    """
    for person in build.problem.people:
        if not person.stays_on:
            continue
        for slot in sorted(person.rostered):
            if person.stays_on >> slot & 1:
                for literal in build.sessions_at(person.index, slot):
                    build.model.add(literal == 0)
