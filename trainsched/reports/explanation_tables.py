"""An explanation as data frames."""

import pandas as pd

from trainsched.domain.explanation import Explanation, ItemExplanation
from trainsched.reports.background import Background
from trainsched.reports.rows import Row
from trainsched.reports.tables import frame

ITEM = ("trainee_id", "name", "activity", "title")
ITEM_COLUMNS = (*ITEM, "priority", "required", "placed", "missing", "status", "others", "starts")
FACT_COLUMNS = (*ITEM, "rule", "kind", "subject", "department", "detail", "times")
UNLOCK_COLUMNS = (
    *ITEM,
    *("rank", "kind", "subject", "detail", "pounds", "per_year", "price_basis", "moved"),
    *("date", "period", "wte"),
)
CANDIDATE_COLUMNS = (*ITEM, "role", "rank", "staff_id", "staff_name", "is_qualified", "hindrances")
CAUSE_COLUMNS = ("rank", "rule", "cause", "subject", "department", "missing", "items", "weeks")


def explanation_tables(explanation: Explanation, background: Background) -> dict[str, pd.DataFrame]:
    """Causes, items, facts, unlocks and candidates. Lists are joined by ``; ``."""
    about = {id(item): _about(item, background) for item in explanation.items}
    items: list[Row] = []
    facts: list[Row] = []
    unlocks: list[Row] = []
    candidates: list[Row] = []
    for item in explanation.items:
        of = about[id(item)]
        values = item.model_dump(include=set(ITEM_COLUMNS), mode="json")
        items.append({**of, **values, "missing": item.required - item.placed})
        for fact in item.facts:
            times = "; ".join(f"{slot.date} {slot.period}" for slot in fact.slots)
            facts.append({**of, **fact.model_dump(mode="json", exclude={"slots"}), "times": times})
        for rank, unlock in enumerate(item.unlocks, start=1):
            unlocks.append({**of, "rank": rank, **unlock.model_dump(mode="json")})
        for rank, candidate in enumerate(item.could_take, start=1):
            candidates.append(
                {
                    **of,
                    "role": candidate.role,
                    "rank": rank,
                    "staff_id": candidate.staff_id,
                    "staff_name": background.name(candidate.staff_id),
                    "is_qualified": candidate.is_qualified,
                    "hindrances": "; ".join(one.detail for one in candidate.hindrances),
                }
            )
    causes: list[Row] = [
        {
            "rank": rank,
            "cause": cause.detail,
            **cause.model_dump(mode="json", exclude={"detail", "weeks"}),
            "weeks": "; ".join(str(week) for week in cause.weeks),
        }
        for rank, cause in enumerate(explanation.causes, start=1)
    ]
    return {
        "causes": frame(causes, CAUSE_COLUMNS),
        "items": frame(items, ITEM_COLUMNS),
        "facts": frame(facts, FACT_COLUMNS),
        "unlocks": frame(unlocks, UNLOCK_COLUMNS),
        "could_take": frame(candidates, CANDIDATE_COLUMNS),
    }


def _about(item: ItemExplanation, background: Background) -> Row:
    return {
        "trainee_id": item.trainee_id,
        "name": background.name(item.trainee_id),
        "activity": item.activity,
        "title": background.activities.get(item.activity, item.activity),
    }
