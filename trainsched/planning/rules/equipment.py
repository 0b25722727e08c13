"""equipment: in no slot are more units of an item in use than there are."""

from collections import defaultdict

from trainsched.planning.build import Build, Expression


def keep_equipment(build: Build) -> None:
    """Sum of the units held by sessions that take the slot <= units available in the slot."""
    problem = build.problem
    used: dict[tuple[str, int], list[Expression]] = defaultdict(list)
    for offering in problem.offerings:
        listed = problem.activities[offering.activity].activity.equipment
        for position, alternatives in enumerate(listed):
            for item in alternatives:
                held: Expression | None = build.holds.get((offering.index, position, item))
                if len(alternatives) == 1:
                    held = build.runs[offering.index]
                if held is None:
                    continue
                for slot in offering.slots:
                    used[item, slot].append(held)
    for (item, slot), amounts in sorted(used.items(), key=lambda found: found[0]):
        build.model.add(sum(amounts) <= problem.setting.units[item][slot])
