"""The four answers that a head of department looks for first, in plain sentences."""

from dataclasses import dataclass

from trainsched.reports.figures import Figures, dates_of
from trainsched.reports.words import (
    counted,
    listed,
    number_words,
    share_words,
    short_day_words,
)

MOST_SHORT_DATES = 6
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, the short answer, what belongs to it, a list of details, a last sentence."""

    question: str
    short: str
    text: str = ""
    details: tuple[str, ...] = ()
    closing: str = ""


def cover_answer(figures: Figures) -> Answer:
    """Whether every duty is covered if the plan is approved."""
    question = "Is every duty covered if I approve this?"
    needed, short = figures.places_needed, figures.places_short
    if not needed:
        return Answer(question, "There are no duties to cover in this plan.")
    closing = "Nobody's rostered duty changes."
    if figures.places_changed:
        passes = "passes" if figures.places_changed == 1 else "pass"
        closing = (
            f"{counted(figures.places_changed, 'rostered duty place')} {passes} to another "
            "qualified person: plan.xlsx, sheet Changes."
        )
    if not short:
        filled = f"All {counted(needed, 'duty place')} are filled, training included."
        if needed == 1:
            filled = "The one duty place is filled, training included."
        return Answer(question, "Yes.", filled, closing=closing)
    text = (
        f"{number_words(needed - short)} of {counted(needed, 'duty place')} are filled. "
        f"{counted(short, 'place')} had nobody to fill {'it' if short == 1 else 'them'} "
        "in any case:"
    )
    return Answer(
        question,
        "As well as without any training, but not completely.",
        text,
        short_lines(figures),
        closing,
    )


def short_lines(figures: Figures) -> tuple[str, ...]:
    """Where places are short: one line a duty."""
    lines = []
    for (department, duty), gaps in dates_of(figures.shortfalls).items():
        shown = [
            f"{short_day_words(day)} {period}" + (f" ({missing})" if missing > 1 else "")
            for day, period, missing in gaps[:MOST_SHORT_DATES]
        ]
        if len(gaps) > len(shown):
            shown.append(f"{len(gaps) - len(shown)} more")
            lines.append(f"{department} {duty}: {listed(shown)}")
        else:
            lines.append(f"{department} {duty}: {', '.join(shown)}")
    return tuple(lines)


def training_answer(figures: Figures) -> Answer:
    """How much training is protected."""
    question = "How much training is protected?"
    training = figures.training
    if not training.required:
        return Answer(question, "No training is asked for in this plan.")
    details: tuple[str, ...] = ()
    if len(training.by_priority) > 1:
        parts = [
            f"{p.priority} {number_words(p.placed)} of {number_words(p.required)}"
            for p in training.by_priority
        ]
        details = (f"By priority: {', '.join(parts)}.",)
    return Answer(
        question,
        f"{number_words(training.placed)} of {counted(training.required, 'session')} "
        f"({share_words(training.placed / training.required)})",
        "that trainees need, counted once for each trainee.",
        details,
        f"{counted_hours(training.trainee_hours)} of trainees' time and "
        f"{counted_hours(training.trainer_hours)} of trainers' time, "
        f"in {counted(training.sessions, 'session')} on the calendar.",
    )


def counted_hours(hours: float) -> str:
    """Hours with their noun."""
    return f"{number_words(hours)} {'hour' if hours == 1 else 'hours'}"


def load_answer(figures: Figures) -> Answer:
    """Who carries the load: how many share it, and who is nearest to the limit."""
    question = "Who carries the load?"
    if not figures.load:
        return Answer(question, "No session needs a trainer.")
    give = "gives all of it." if len(figures.load) == 1 else "share it."
    short = f"{counted(len(figures.load), 'trainer')} {give}"
    nearest = [row for row in figures.load[:NEAREST] if row.share_of_limit is not None]
    if not nearest:
        return Answer(question, short)
    words = [f"{row.name} ({share_words(row.share_of_limit or 0)})" for row in nearest]
    return Answer(question, short, f"Nearest to the limit: {listed(words)}.")
