"""Schema: settings, departments, duties, equipment, closures and travel."""

from trainsched.domain.duties import Presence, Priority
from trainsched.domain.organisation import CoverGoal, CoverMode
from trainsched.workbook.schema import CellType, Column, Setting, Sheet

PRIORITIES = tuple(str(priority) for priority in Priority)
NATIONS = ("England and Wales", "Scotland", "Northern Ireland", "none")

SETTINGS = (
    Setting("organisation", CellType.TEXT, "The title on reports.", "the file's name",
            aliases=("organization", "title", "trust")),
    Setting("start_date", CellType.DATE, "The first day of the plan; it need not be a Monday.",
            "next Monday", aliases=("start", "first day", "from")),
    Setting("weeks", CellType.WHOLE, "How many weeks the plan lasts.", "12", minimum=1,
            maximum=156, aliases=("number of weeks", "length")),
    Setting("nation", CellType.CHOICE, "Whose bank holidays are kept.", "England and Wales",
            choices=NATIONS, aliases=("country", "bank holidays")),
    Setting("periods", CellType.TEXT,
            "The periods of a day in order, with their times, such as "
            "AM 08:30-12:30; PM 13:00-17:00.", "AM 08:30-12:30; PM 13:00-17:00"),
    Setting("working_days", CellType.DAYS, "The days on which the departments work.", "Mon-Fri"),
    Setting("cover", CellType.CHOICE,
            "flexible: any qualified person may cover a duty. as rostered: rostered duties stay "
            "with the person named.", "flexible", choices=tuple(str(mode) for mode in CoverMode),
            aliases=("cover mode",)),
    Setting("policy", CellType.TEXT, "The protected-time policy.", "default"),
    Setting("cover_goal", CellType.CHOICE,
            "For capacity and funding. kept: cover no worse than without training. full: every "
            "duty filled.", "kept", choices=tuple(str(goal) for goal in CoverGoal)),
    Setting("locked_until", CellType.DATE,
            "Sessions of an earlier plan before this date stay as they are in a replan.", "none"),
)  # fmt: skip

SETTINGS_SHEET = Sheet(
    "Settings",
    "What the whole plan is about. Any rule of the protected-time policy may be set here too, by "
    "its own name.",
    (
        Column("setting", CellType.TEXT, "The name of the setting.", required=True,
               aliases=("name", "option", "key")),
        Column("value", CellType.CELL, "Its value.", required=True, may_be_blank=True,
               default="the default"),
    ),
    aliases=("Configuration",),
)  # fmt: skip

DEPARTMENTS = Sheet(
    "Departments",
    "One row for each department that gives training or needs cover.",
    (
        Column("department", CellType.ID, "A short code, used on all other sheets.",
               required=True, aliases=("code", "department code", "dept", "section")),
        Column("name", CellType.TEXT, "The full name.", default="the code",
               aliases=("department name", "full name")),
        Column("site", CellType.TEXT, "Where it is. Departments of one site need no travel.",
               default="the department's code", aliases=("location", "hospital")),
        Column("specialism", CellType.TEXT, "The specialism, such as Radiotherapy physics.",
               aliases=("specialty",)),
        Column("region", CellType.TEXT, "The region, for targets of a region."),
        Column("accredited_for", CellType.IDS, "Programmes it may train.",
               default="every programme", refers="programme",
               aliases=("accreditation", "accredited")),
    ),
    aliases=("Department list", "Sections"),
    required=True,
)  # fmt: skip

DUTIES = Sheet(
    "Duties",
    "What a department must cover. On each matching working day and period that many different "
    "people are needed.",
    (
        Column("department", CellType.ID, "The department's code.", required=True,
               refers="department", aliases=("dept", "department code")),
        Column("duty", CellType.TEXT, "The name of the duty.", required=True,
               aliases=("duty name",)),
        Column("staff_needed", CellType.WHOLE, "How many different people.", required=True,
               minimum=0, aliases=("needed", "number", "count", "people needed", "staff")),
        Column("competence", CellType.IDS, "Any one of these is enough.",
               default="anybody of the department", refers="competence",
               aliases=("skill", "qualification")),
        Column("min_band", CellType.BAND, "The lowest band that will do.", default="any band",
               aliases=("minimum band", "band")),
        Column("days", CellType.DAYS, "Days of the week, such as Mon-Thu; Sat.",
               default="every working day", aliases=("weekdays",)),
        Column("periods", CellType.PERIODS, "Periods, such as AM; PM.", default="every period",
               aliases=("sessions", "times")),
        Column("presence", CellType.CHOICE,
               "exclusive: the person does only this. on_site: being at the site is enough.",
               default="exclusive", choices=tuple(str(presence) for presence in Presence)),
        Column("one_person", CellType.YES_NO,
               "yes: the same person in all of the day's periods.", default="no",
               aliases=("same person",)),
        Column("from", CellType.DATE, "First date on which it is needed.",
               default="the whole plan", aliases=("start", "start date", "first date")),
        Column("to", CellType.DATE, "Last date on which it is needed.",
               default="the whole plan", aliases=("end", "end date", "last date", "until")),
        Column("priority", CellType.CHOICE, "must, should or could.", default="must",
               choices=PRIORITIES),
    ),
    aliases=("Clinical duties",),
)  # fmt: skip

EQUIPMENT = Sheet(
    "Equipment",
    "Units that sessions may hold. Several rows of one item add up.",
    (
        Column("equipment", CellType.ID, "The item's code.", required=True,
               aliases=("item", "machine", "name")),
        Column("department", CellType.ID, "Whose it is; information only.", refers="department",
               aliases=("dept",)),
        Column("site", CellType.TEXT, "Where it is; information only."),
        Column("capacity", CellType.WHOLE, "How many units there are.", default="1", minimum=0,
               aliases=("units", "number", "quantity")),
        Column("days", CellType.DAYS, "Days of the week on which it is free.",
               default="every working day"),
        Column("periods", CellType.PERIODS, "Periods in which it is free.",
               default="every period"),
        Column("from", CellType.DATE, "First date.", default="the whole plan",
               aliases=("start", "start date")),
        Column("to", CellType.DATE, "Last date.", default="the whole plan",
               aliases=("end", "end date", "until")),
    ),
    aliases=("Machines",),
)  # fmt: skip

CLOSURES = Sheet(
    "Closures",
    "Dates on which a department holds neither duties nor sessions.",
    (
        Column("date", CellType.DATE, "The date.", required=True, aliases=("day",)),
        Column("department", CellType.ID, "Which department.", default="all of them",
               refers="department", aliases=("dept",)),
        Column("note", CellType.TEXT, "For people to read.", aliases=("reason", "comment")),
    ),
    aliases=("Closed days",),
)  # fmt: skip

TRAVEL = Sheet(
    "Travel",
    "Minutes between sites, both ways unless both directions are given.",
    (
        Column("from_site", CellType.TEXT, "From this site.", required=True, refers="site",
               aliases=("from",)),
        Column("to_site", CellType.TEXT, "To this site.", required=True, refers="site",
               aliases=("to",)),
        Column("minutes", CellType.WHOLE, "Minutes of travel.", required=True, minimum=0,
               maximum=1440, aliases=("travel minutes", "time")),
    ),
    aliases=("Travel times",),
)  # fmt: skip
