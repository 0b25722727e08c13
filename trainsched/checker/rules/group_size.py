"""Groups are neither too small nor too large, and only of trainees who need the activity."""

from collections.abc import Iterator

from trainsched.checker.view import Placed, View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_group_size(view: View) -> Iterator[Finding]:
    """A finding for every session with too few, too many or the wrong trainees."""
    for item in view.placed:
        for words in _faults(view, item):
            yield Finding(
                rule=RuleId.GROUP_SIZE,
                detail=f"Session {item.session.id} ({item.session.activity}) {words}.",
                session_id=item.session.id,
                date=item.session.date,
                period=item.session.period,
            )


def _faults(view: View, item: Placed) -> Iterator[str]:
    activity, trainees = item.activity, item.session.trainees
    for trainee in sorted({t for t in trainees if trainees.count(t) > 1}):
        yield f"lists {trainee} more than once"
    number = len(set(trainees))
    for trainee in sorted(item.trainees):
        if view.demand.timing(trainee, activity.code) is None:
            yield f"has {trainee}, who does not need it"
    missing = sorted(view.demand.trainees_needing(activity.code) - set(trainees))
    if activity.together and missing:
        yield f"is for everybody who needs it, but lacks {', '.join(missing)}"
        return
    if number < max(1, activity.group_min):
        yield f"has {number} trainees and needs at least {max(1, activity.group_min)}"
    if activity.group_max is not None and number > activity.group_max:
        yield f"has {number} trainees and may have at most {activity.group_max}"
