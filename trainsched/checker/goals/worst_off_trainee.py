"""The largest share of required time left unplaced for any one trainee."""

from collections import Counter

from trainsched.checker.shares import missing_sessions
from trainsched.checker.view import View
from trainsched.domain.duties import Priority


def value_of_worst_off_trainee(view: View) -> float:
    """Unplaced periods over required periods of must and should, 6 decimals; 0 without any."""
    required: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for need in view.demand.requirements.values():
        if need.timing.priority is Priority.COULD:
            continue
        trainee, length = need.trainee_id, view.organisation.activity_by_code[need.activity].length
        required[trainee] += length * view.demand.required(trainee, need.activity)
        missing[trainee] += length * missing_sessions(view, need)
    shares = (missing[trainee] / periods for trainee, periods in required.items() if periods > 0)
    return round(max(shares, default=0.0), 6)
