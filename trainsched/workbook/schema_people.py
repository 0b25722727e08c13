"""Schema: staff, trainees, where they are, the roster and its codes, and what people would like."""

from trainsched.domain.people import PreferenceKind
from trainsched.domain.roster import Meaning
from trainsched.workbook.schema import CellType, Column, Sheet

_PATTERN_HELP = (
    "When they work: Mon-Thu; or Mon; Tue AM; Wed-Fri; or weeks in turn, split by a bar: "
    "Mon-Fri | Mon-Thu."
)

STAFF = Sheet(
    "Staff",
    "One row for each member of staff.",
    (
        Column("staff_id", CellType.ID, "A code for the person, used on all other sheets.",
               required=True, aliases=("id", "staff code", "employee id", "staff number")),
        Column("name", CellType.TEXT, "Their name.", required=True,
               aliases=("staff name", "full name")),
        Column("department", CellType.SHARES,
               "Their department, or several with shares: RT 0.6; NM 0.4.", required=True,
               refers="department", aliases=("dept", "department code")),
        Column("band", CellType.BAND, "Agenda for Change band, such as 7 or 8a.",
               default="none, which meets no minimum", aliases=("grade", "afc band")),
        Column("wte", CellType.WTE, "Above 0, at most 1.", default="1",
               aliases=("fte", "whole time equivalent")),
        Column("competences", CellType.IDS,
               "Codes for what they may cover, teach and assess.",
               aliases=("competencies", "competency", "skills")),
        Column("working_pattern", CellType.PATTERN, _PATTERN_HELP, default="every working day",
               aliases=("pattern", "works", "working days")),
        Column("pattern_anchor", CellType.DATE,
               "Any date of a week in which the first pattern applies.",
               default="the plan's first week", aliases=("anchor",)),
        Column("trains", CellType.YES_NO, "Whether they train others.", default="yes",
               aliases=("trainer", "can train")),
        Column("max_training_per_week", CellType.WHOLE, "Most sessions in a week.",
               default="the policy's figure times WTE", minimum=0,
               aliases=("max sessions per week",)),
        Column("max_training_per_day", CellType.WHOLE, "Most sessions in a day.",
               default="the policy's figure times WTE", minimum=0,
               aliases=("max sessions per day",)),
        Column("max_training", CellType.WHOLE, "Most sessions in the whole plan.",
               default="no limit", minimum=0, aliases=("max sessions",)),
        Column("site", CellType.TEXT, "Their home site; information only."),
        Column("start_date", CellType.DATE, "First day in post.", aliases=("start", "from")),
        Column("end_date", CellType.DATE, "Last day in post.", aliases=("end", "to", "leaves")),
        Column("email", CellType.TEXT, "For calendars only.", aliases=("e-mail", "mail")),
    ),
    aliases=("Staff list",),
    required=True,
)  # fmt: skip

TRAINEES = Sheet(
    "Trainees",
    "One row for each trainee.",
    (
        Column("trainee_id", CellType.ID, "A code for the trainee, used on all other sheets.",
               required=True, aliases=("id", "trainee code", "trainee number")),
        Column("name", CellType.TEXT, "Their name.", required=True,
               aliases=("trainee name", "full name", "trainee")),
        Column("department", CellType.ID, "Their own department.", required=True,
               refers="department", aliases=("dept", "home department", "department code")),
        Column("programme", CellType.ID, "Their training programme.", required=True,
               aliases=("program", "scheme", "course")),
        Column("year", CellType.WHOLE, "Year of the programme.", minimum=1, maximum=10,
               aliases=("year of programme", "training year")),
        Column("training_officer", CellType.ID, "The staff_id of their training officer.",
               refers="staff", aliases=("officer", "to", "training officer id")),
        Column("hei", CellType.ID, "Their university.", refers="hei",
               aliases=("university",)),
        Column("wte", CellType.WTE, "Above 0, at most 1.", default="1", aliases=("fte",)),
        Column("working_pattern", CellType.PATTERN, _PATTERN_HELP, default="every working day",
               aliases=("pattern", "works", "working days")),
        Column("start_date", CellType.DATE, "First day of training.", aliases=("start", "from")),
        Column("end_date", CellType.DATE, "Last day of training.", aliases=("end", "until")),
        Column("supernumerary", CellType.YES_NO, "yes: never counted in clinical cover.",
               default="yes"),
        Column("competences", CellType.IDS, "Codes for what they may cover.",
               aliases=("competencies", "competency", "skills")),
    ),
    aliases=("Trainee list", "Students"),
    required=True,
)  # fmt: skip

ROTATIONS = Sheet(
    "Rotations",
    "Where trainees are hosted when not in their own department.",
    (
        Column("trainee_id", CellType.ID, "The trainee.", required=True, refers="trainee",
               aliases=("trainee", "id")),
        Column("department", CellType.ID, "The host.", required=True, refers="department",
               aliases=("dept", "host")),
        Column("from", CellType.DATE, "First day, included.", required=True,
               aliases=("start", "start date", "first date")),
        Column("to", CellType.DATE, "Last day, included.", required=True,
               aliases=("end", "end date", "last date", "until")),
    ),
    aliases=("Placements",),
)  # fmt: skip

ROSTER = Sheet(
    "Roster",
    "The roster, one row an entry. A grid with a person in the first column and dates across "
    "works as well, on any sheets whose names begin with Roster.",
    (
        Column("staff_id", CellType.ID, "The person's id or name.", required=True,
               aliases=("person", "id", "trainee_id", "name", "employee")),
        Column("date", CellType.DATE, "The date.", required=True,
               aliases=("day", "duty date")),
        Column("period", CellType.PERIODS, "The period.", default="the whole day",
               aliases=("session",)),
        Column("code", CellType.TEXT, "What the person does then.", required=True,
               may_be_blank=True, default="as the working pattern says",
               aliases=("shift", "entry")),
    ),
    aliases=("Rota",),
    family=True,
)  # fmt: skip

CODES = Sheet(
    "Codes",
    "What the roster's codes mean here; overrides the usual ones.",
    (
        Column("code", CellType.ID, "The code as typed in the roster.", required=True),
        Column("meaning", CellType.CHOICE,
               "absent, work, duty, busy, on_call or training.", required=True,
               choices=tuple(str(meaning) for meaning in Meaning), aliases=("means",)),
        Column("duty", CellType.TEXT, "For meaning duty: its name on the Duties sheet.",
               refers="duty"),
        Column("periods", CellType.PERIODS, "The periods the code speaks of.",
               default="every period"),
    ),
    aliases=("Roster codes",),
)  # fmt: skip

LEAVE = Sheet(
    "Leave",
    "Absence of any kind; the reason is not asked.",
    (
        Column("person", CellType.ID, "Id or name.", required=True,
               aliases=("staff_id", "trainee_id", "name", "id")),
        Column("from", CellType.DATE, "First day, included.", required=True,
               aliases=("start", "start date", "first date")),
        Column("to", CellType.DATE, "Last day, included.", required=True,
               aliases=("end", "end date", "last date", "until")),
        Column("periods", CellType.PERIODS, "Periods.", default="the whole day"),
    ),
    aliases=("Absence",),
)  # fmt: skip

UNIVERSITY = Sheet(
    "University",
    "Blocks in which trainees are away at their university.",
    (
        Column("hei", CellType.ID, "The university.", required=True, aliases=("university",)),
        Column("programme", CellType.ID, "Only this programme.", default="all",
               refers="programme", aliases=("program",)),
        Column("year", CellType.WHOLE, "Only this year of the programme.", default="all",
               minimum=1, maximum=10),
        Column("from", CellType.DATE, "First day away.", required=True,
               aliases=("start", "start date")),
        Column("to", CellType.DATE, "Last day away.", required=True,
               aliases=("end", "end date", "until")),
    ),
    aliases=("University blocks", "Block weeks"),
)  # fmt: skip

PREFERENCES = Sheet(
    "Preferences",
    "What people would like; the last goal of all.",
    (
        Column("person", CellType.ID, "A staff_id or trainee_id.", required=True,
               refers="person", aliases=("staff_id", "trainee_id", "id")),
        Column("kind", CellType.CHOICE, "What kind of wish.", required=True,
               choices=tuple(str(kind) for kind in PreferenceKind), aliases=("preference",)),
        Column("value", CellType.TEXT, "Days, periods or staff_ids.", required=True),
        Column("weight", CellType.WHOLE, "How much it counts.", default="1", minimum=0,
               maximum=1000),
    ),
    aliases=("Wishes",),
)  # fmt: skip
