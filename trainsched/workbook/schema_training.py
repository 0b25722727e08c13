"""Schema: the curriculum, each trainee's own plan, and pinned sessions."""

from trainsched.domain.curriculum import Kind
from trainsched.workbook.schema import CellType, Column, Sheet
from trainsched.workbook.schema_work import PRIORITIES

_SESSIONS = Column(
    "sessions", CellType.WHOLE, "How many over the whole plan.", minimum=0, maximum=10_000,
    aliases=("number of sessions", "quantity"),
)  # fmt: skip
_PER_WEEK = Column(
    "per_week", CellType.WHOLE,
    "How many in each week in which the trainee is at work at least three days.",
    minimum=0, maximum=100, aliases=("sessions per week", "weekly"),
)  # fmt: skip

ACTIVITY_COLUMNS = (
    Column("title", CellType.TEXT, "The activity in words.", default="the activity's code",
           aliases=("description", "activity title")),
    Column("kind", CellType.CHOICE, "taught, assessment, review or study.", default="taught",
           choices=tuple(str(kind) for kind in Kind), aliases=("type",)),
    Column("length", CellType.WHOLE, "Periods in one go on one day.", default="1", minimum=1,
           aliases=("periods", "length in periods")),
    Column("roles", CellType.ROLES,
           "Who must be there: trainer: linac_qc; supervisor: mpe_rt >=8a x2.",
           default="one trainer of the host department", aliases=("role",)),
    Column("staff", CellType.IDS, "The staff_ids who alone may fill the first role.",
           refers="staff", aliases=("staff_ids", "named staff")),
    Column("group_max", CellType.WHOLE, "Most trainees in one session.", default="1", minimum=1,
           aliases=("max group", "largest group")),
    Column("group_min", CellType.WHOLE, "Fewest trainees in one session.", default="1",
           minimum=1, aliases=("min group", "smallest group")),
    Column("together", CellType.YES_NO, "yes: all who need it attend every session.",
           default="no", aliases=("cohort",)),
    Column("equipment", CellType.EQUIPMENT,
           "One unit of each item; linac1|linac2 is one of the two.", refers="equipment",
           aliases=("machine",)),
    Column("department", CellType.ID, "Where it happens.", default="where the trainee then is",
           refers="department", aliases=("dept", "where")),
)  # fmt: skip

TIMING_COLUMNS = (
    Column("earliest_week", CellType.WHOLE, "First week of the plan, from 1.", minimum=1,
           aliases=("from week",)),
    Column("latest_week", CellType.WHOLE, "Last week of the plan.", minimum=1,
           aliases=("to week",)),
    Column("deadline", CellType.DATE, "Last possible date.", aliases=("due", "by")),
    Column("max_per_week", CellType.WHOLE, "Most sessions of it in a week.", default="no limit",
           minimum=1),
    Column("max_per_day", CellType.WHOLE, "Most sessions of it in a day.", default="no limit",
           minimum=1),
    Column("min_gap_days", CellType.WHOLE, "Fewest days between two of its dates.",
           default="no limit", minimum=0, aliases=("gap", "gap days")),
    Column("after", CellType.IDS, "Activities that must be finished on an earlier date.",
           refers="activity", aliases=("prerequisites", "requires")),
    Column("priority", CellType.CHOICE, "must, should or could.", default="must",
           choices=PRIORITIES),
)  # fmt: skip

_PROGRAMME = Column("programme", CellType.ID, "The training programme.", required=True,
                    aliases=("program", "scheme", "course"))  # fmt: skip
_YEAR = Column("year", CellType.WHOLE, "Only this year of the programme.", default="all years",
               minimum=1, maximum=10, aliases=("training year",))  # fmt: skip
_ACTIVITY = Column("activity", CellType.ID, "A code for the activity, one for all sheets.",
                   required=True, aliases=("code", "activity code", "module"))  # fmt: skip


def _in_order(*names: str) -> tuple[Column, ...]:
    known = {
        column.name: column
        for column in (*ACTIVITY_COLUMNS, *TIMING_COLUMNS, _PROGRAMME, _YEAR, _ACTIVITY)
    } | {"sessions": _SESSIONS, "per_week": _PER_WEEK}
    return tuple(known[name] for name in names)


_AFTER_YEAR = (
    "kind", "sessions", "per_week", "length", "roles", "staff", "group_max", "group_min",
    "together", "equipment", "department", "earliest_week", "latest_week", "deadline",
    "max_per_week", "max_per_day", "min_gap_days", "after", "priority",
)  # fmt: skip

CURRICULUM = Sheet(
    "Curriculum",
    "One row is one activity that every trainee of the programme must receive within the plan.",
    _in_order("programme", "activity", "title", "year", *_AFTER_YEAR),
)

TRAINING_PLAN = Sheet(
    "Training plan",
    "What one trainee needs: replaces the programme's row for that trainee and activity. "
    "sessions 0 takes the activity away.",
    (
        Column("trainee_id", CellType.ID, "The trainee.", required=True, refers="trainee",
               aliases=("trainee", "id")),
        *_in_order("activity"),
        *(_in_order("sessions", "per_week", "title",
                    *(name for name in _AFTER_YEAR if name not in {"sessions", "per_week"}))),
    ),
    aliases=("Individual plan",),
)  # fmt: skip

PINS = Sheet(
    "Pins",
    "Sessions that must happen exactly so.",
    (
        Column("trainee_id", CellType.IDS, "The trainee, or a list for a group.", required=True,
               refers="trainee", aliases=("trainee", "trainees")),
        Column("activity", CellType.ID, "The activity.", required=True, refers="activity"),
        Column("date", CellType.DATE, "The date.", required=True, aliases=("day",)),
        Column("period", CellType.PERIOD, "The first period.", required=True),
        Column("staff_ids", CellType.IDS, "Staff who must be in it.", refers="staff",
               aliases=("staff", "trainer")),
    ),
    aliases=("Pinned sessions", "Fixed sessions"),
)  # fmt: skip
