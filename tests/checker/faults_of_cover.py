"""Faults in cover. Each is found under its own rule alone."""

from tests.checker.drafts import Draft
from tests.checker.organisations import (
    FRIDAY,
    NEXT_MONDAY,
)
from tests.checker.planted import by, fault
from tests.organisations import MONDAY, TUESDAY
from trainsched.domain.rules import RuleId

# clinical cover


@fault("single_department", RuleId.CLINICAL_COVER)
def place_left_empty_and_not_said(draft: Draft) -> None:
    draft.drop_cover("LINAC", 3)


@fault("single_department", RuleId.CLINICAL_COVER)
def place_left_empty_though_somebody_is_free(draft: Draft) -> None:
    draft.drop_cover("LINAC", 3)
    draft.short("LINAC", NEXT_MONDAY, "PM", 1)


@fault("two_sites", RuleId.CLINICAL_COVER)
def less_important_place_filled_first(draft: Draft) -> None:
    draft.drop_cover("X", 1)
    draft.short("X", FRIDAY, "AM", 1, home="N")
    draft.shortfalls.pop(0)
    draft.short("Y", FRIDAY, "PM", 1, home="S")
    draft.covered("Y", FRIDAY, "PM", "P", home="S")


@fault("two_sites", RuleId.CLINICAL_COVER)
def shortfall_misstated(draft: Draft) -> None:
    draft.shortfalls[0] = draft.shortfalls[0].model_copy(update={"missing": 1})


@fault("single_department", RuleId.CLINICAL_COVER)
def shortfall_where_nothing_is_missing(draft: Draft) -> None:
    draft.short("LINAC", MONDAY, "PM", 1)


@fault("day_duties", RuleId.CLINICAL_COVER)
def covering_person_is_not_qualified(draft: Draft) -> None:
    draft.change_cover("HELP", staff_id="E1")


@fault("day_duties", RuleId.CLINICAL_COVER)
def supernumerary_trainee_covers(draft: Draft) -> None:
    draft.drop("TALK")
    draft.not_placed("T", "TALK", 1, 0)
    draft.change_cover("HELP", staff_id="T")


@fault("day_duties", RuleId.CLINICAL_COVER)
def two_people_share_a_duty_for_one(draft: Draft) -> None:
    draft.change_cover("THEATRE", 1, staff_id="C", rostered_staff_id="B")


@fault("day_duties", RuleId.CLINICAL_COVER)
def half_days_do_not_fill_a_duty_for_the_day(draft: Draft) -> None:
    draft.covered("THEATRE", TUESDAY, "AM", "C")
    draft.covered("THEATRE", TUESDAY, "PM", "B")
    draft.shortfalls.clear()


@fault("day_duties", RuleId.CLINICAL_COVER)
def present_person_is_at_another_site(draft: Draft) -> None:
    draft.change("TALK", 1, date=TUESDAY, period="AM")
    draft.change("AWAY", date=MONDAY, period="PM", staff=by("trainer", "A"))


@fault("single_department", RuleId.CLINICAL_COVER)
def more_people_than_places(draft: Draft) -> None:
    draft.covered("LINAC", NEXT_MONDAY, "AM", "C")


@fault("as_rostered", RuleId.CLINICAL_COVER)
def two_more_people_beside_the_rostered_one(draft: Draft) -> None:
    draft.covered("ON", TUESDAY, "AM", "C")
    draft.covered("ON", TUESDAY, "AM", "E")


# rostered duties


@fault("as_rostered", RuleId.ROSTERED_DUTIES)
def rostered_person_taken_off(draft: Draft) -> None:
    draft.drop_cover("X", 1)


@fault("as_rostered", RuleId.ROSTERED_DUTIES)
def spare_rostered_person_teaches(draft: Draft) -> None:
    draft.drop_cover("X", 1)
    draft.change("TALK", 0, staff=by("trainer", "B"))


@fault("as_rostered", RuleId.ROSTERED_DUTIES)
def person_rostered_to_be_present_teaches(draft: Draft) -> None:
    draft.change("TALK", 1, staff=by("trainer", "A"))


@fault("single_department", RuleId.ROSTERED_DUTIES)
def change_without_the_name(draft: Draft) -> None:
    draft.change_cover("LINAC", 1, rostered_staff_id=None)


@fault("single_department", RuleId.ROSTERED_DUTIES)
def change_with_the_wrong_name(draft: Draft) -> None:
    draft.change_cover("LINAC", 2, rostered_staff_id="C")
