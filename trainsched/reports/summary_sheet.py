"""The first sheet of plan.xlsx: the answers for a head of department on one page."""

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from trainsched.domain.plan import Plan
from trainsched.reports.answers import Answer, cover_answer, load_answer, training_answer
from trainsched.reports.background import Background
from trainsched.reports.each_department import HEADINGS, TITLE, departments_lacking, lines_of
from trainsched.reports.figures import Figures, figures_of
from trainsched.reports.sheets import A4, LINE_HEIGHT, Cell, Styles, write_cell
from trainsched.reports.words import (
    WHY_WORDS,
    counted,
    goal_status_words,
    goal_value_words,
    goal_words,
    span_words,
)

SHEET = "Summary"
TEXT_COLUMNS = 5
FIRST_NUMBER = 2
WIDTHS = (40, 22, 12, 12, 12, 12)
CHARACTERS_A_LINE = 112
NAME_CHARACTERS = 64
KNOWN_CHARACTERS = 34


class SummaryPage:
    """Writes line after line; remembers where the next one goes."""

    def __init__(self, page: Worksheet, styles: Styles) -> None:
        self.page = page
        self.styles = styles
        self.row = 0

    def sentence(self, text: str, style: str = "wrapped") -> None:
        """A sentence over the whole width, in as many lines as it needs."""
        look = {
            "strong": self.styles.strong,
            "question": self.styles.question,
            "title": self.styles.title,
        }.get(style, self.styles.kinds["wrapped"])
        self.page.merge_range(self.row, 0, self.row, TEXT_COLUMNS, "", look)
        self.page.write_string(self.row, 0, text, look)
        lines = -(-len(text) // CHARACTERS_A_LINE)
        if style == "title":
            self.page.set_row(self.row, 24)
        elif lines > 1:
            self.page.set_row(self.row, LINE_HEIGHT * lines)
        self.row += 1

    def answer(self, answer: Answer) -> None:
        """A question and its answer."""
        self.space()
        self.sentence(answer.question, "question")
        self.sentence(answer.short, "strong")
        if answer.text:
            self.lead(answer.short, answer.text)
        for text in (*answer.details, answer.closing):
            if text:
                self.sentence(text)

    def lead(self, strong: str, rest: str) -> None:
        """Write the sentence just written again, with more words in plain type after it."""
        self.row -= 1
        plain = self.styles.kinds["wrapped"]
        pieces = (self.styles.bold, f"{strong} ", self.styles.plain, rest, plain)
        self.page.write_rich_string(self.row, 0, *pieces)
        lines = -(-(len(strong) + len(rest)) // CHARACTERS_A_LINE)
        if lines > 1:
            self.page.set_row(self.row, LINE_HEIGHT * lines)
        self.row += 1

    def heading(self, *titles: str, first_number: int = FIRST_NUMBER) -> None:
        """The headings of a small table; from ``first_number`` on they are of numbers."""
        for position, title in enumerate(titles):
            of_numbers = position >= first_number
            style = self.styles.number_heading if of_numbers else self.styles.heading
            self.page.write_string(self.row, position, title, style)
        self.row += 1

    def cells(self, *values: Cell, alarm: int | None = None) -> None:
        """A row of a small table; ``alarm`` is the position of a cell to be seen at once."""
        for position, value in enumerate(values):
            kinds = self.styles.kinds
            style = kinds["whole"] if isinstance(value, int) else kinds["wrapped"]
            if position == alarm:
                style = self.styles.alarm
            write_cell(self.page, self.row, position, value, style)
        self.row += 1

    def goal(self, name: str, value: str, known: str, style: Format) -> None:
        """A goal: its name and what is known of it are long, so that cells are merged for them."""
        self.page.merge_range(self.row, 0, self.row, 1, "", style)
        self.page.write_string(self.row, 0, name, style)
        self.page.write_string(self.row, 2, value, style)
        self.page.merge_range(self.row, 3, self.row, TEXT_COLUMNS, "", style)
        self.page.write_string(self.row, 3, known, style)
        if len(name) > NAME_CHARACTERS or len(known) > KNOWN_CHARACTERS:
            self.page.set_row(self.row, 2 * LINE_HEIGHT)
        self.row += 1

    def space(self) -> None:
        """An empty row."""
        self.row += 1


def write_summary(book: Workbook, styles: Styles, plan: Plan, background: Background) -> Worksheet:
    """Write the sheet."""
    page = book.add_worksheet(SHEET)
    for position, width in enumerate(WIDTHS):
        page.set_column(position, position, width)
    page.hide_gridlines(2)
    page.set_portrait()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&RPage &P of &N")
    figures = figures_of(plan, background)
    lines = SummaryPage(page, styles)
    lines.sentence(f"{plan.organisation}: protected training", "title")
    lines.sentence(span_words(plan.start_date, plan.weeks))
    if background.checked:
        lines.sentence("The independent checker passed this plan.")
    lines.answer(cover_answer(figures))
    lines.answer(training_answer(figures))
    write_reasons(lines, figures)
    lines.answer(load_answer(figures))
    write_duties(lines, figures)
    write_goals(lines, figures)
    write_departments(lines, background)
    if plan.warnings:
        lines.space()
        lines.sentence("Please note", "question")
        for warning in plan.warnings:
            lines.sentence(f"- {warning}")
    return page


def write_reasons(lines: SummaryPage, figures: Figures) -> None:
    """What is not protected, by reason; the items are in the sheet Unplaced."""
    lines.space()
    lines.sentence("What is not protected, and why?", "question")
    if not figures.unplaced:
        lines.sentence("Nothing: every session that was asked for has its place.", "strong")
        return
    for group in figures.unplaced:
        why = "no reason on record" if group.rule is None else WHY_WORDS[group.rule]
        lines.sentence(f"{counted(group.missing, 'session')}: {why}", "strong")
    lines.sentence("Each trainee and activity is listed in the sheet Unplaced.")


def write_duties(lines: SummaryPage, figures: Figures) -> None:
    """The cover table; a place is one person in one period."""
    if not figures.duties:
        return
    lines.space()
    lines.sentence("Cover by duty (a place is one person in one period)", "question")
    lines.heading("Duty", "Department", "Needed", "Covered", "Short", "Changed")
    for duty in figures.duties:
        lines.cells(
            duty.duty,
            duty.department,
            duty.needed,
            duty.covered,
            duty.short,
            duty.changed,
            alarm=4 if duty.short else None,
        )


def write_goals(lines: SummaryPage, figures: Figures) -> None:
    """The goals, most important first."""
    lines.space()
    lines.sentence("Goals, most important first (less is better)", "question")
    lines.goal("Goal", "Value", "What is known", lines.styles.heading)
    for goal in figures.goals:
        lines.goal(
            goal_words(goal.name),
            goal_value_words(goal.name, goal.value),
            goal_status_words(goal),
            lines.styles.kinds["wrapped"],
        )


def write_departments(lines: SummaryPage, background: Background) -> None:
    """What the trainees of each department go without."""
    lacking = departments_lacking(background, None)
    if not lacking:
        return
    lines.space()
    lines.sentence(TITLE, "question")
    lines.heading(HEADINGS[-1], *HEADINGS[:-1], first_number=1 + HEADINGS.index("Asked for"))
    for code, priority, required, missing, known in lines_of(lacking):
        lines.cells(known, code, priority, required, missing)
