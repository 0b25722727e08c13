"""Dates that the cases and faults speak of; the plan starts on a Monday."""

from datetime import timedelta

from tests.organisations import MONDAY, NEXT_MONDAY

THURSDAY = MONDAY + timedelta(days=3)
FRIDAY = MONDAY + timedelta(days=4)
NEXT_TUESDAY = NEXT_MONDAY + timedelta(days=1)
WORKDAYS = (0, 1, 2, 3, 4)
