"""Schema: programmes, targets, university places, posts, workforce and assumptions."""

from trainsched.workbook.schema import CellType, Column, Sheet

PROGRAMMES = Sheet(
    "Programmes",
    "Training programmes: overrides what is declared with the program.",
    (
        Column("programme", CellType.ID, "Its code.", required=True, aliases=("program", "code")),
        Column("years", CellType.WHOLE, "How many years it takes.", required=True, minimum=1,
               maximum=10, aliases=("length",)),
        Column("annual_cost", CellType.POUNDS, "Pounds a year for one trainee.", minimum=0,
               aliases=("cost",)),
        Column("hei_fee", CellType.POUNDS, "University fee, pounds a year.", minimum=0,
               aliases=("fee",)),
        Column("start_month", CellType.WHOLE, "Month in which it starts, 1 to 12.", minimum=1,
               maximum=12),
        Column("completion_rate", CellType.RATE, "Share of starters who complete."),
        Column("retention_rate", CellType.RATE, "Share of completers who stay."),
    ),
    aliases=("Programs",),
)  # fmt: skip

TARGETS = Sheet(
    "Targets",
    "How many starters are wanted, in a department, a region, or anywhere.",
    (
        Column("programme", CellType.ID, "The programme.", required=True, refers="programme",
               aliases=("program",)),
        Column("year", CellType.ACADEMIC_YEAR, "Academic year of the start, such as 2027.",
               required=True, aliases=("academic year",)),
        Column("intake", CellType.WHOLE, "How many starters.", required=True, minimum=0,
               aliases=("target", "starters")),
        Column("department", CellType.ID, "In this department.", default="anywhere",
               refers="department", aliases=("dept",)),
        Column("region", CellType.TEXT, "In this region.", default="anywhere",
               refers="region"),
    ),
    aliases=("Intake targets",),
)  # fmt: skip

HEI = Sheet(
    "HEI",
    "Places at universities.",
    (
        Column("hei", CellType.ID, "The university.", required=True, aliases=("university",)),
        Column("programme", CellType.ID, "The programme.", required=True, refers="programme",
               aliases=("program",)),
        Column("year", CellType.ACADEMIC_YEAR, "Academic year.", default="every year",
               aliases=("academic year",)),
        Column("places", CellType.WHOLE, "How many places.", required=True, minimum=0),
        Column("fee_per_place", CellType.POUNDS, "Pounds for a place.", minimum=0,
               aliases=("fee",)),
        Column("extra_places_max", CellType.WHOLE, "Most extra places.", minimum=0,
               aliases=("extra places",)),
        Column("extra_place_cost", CellType.POUNDS, "Pounds for an extra place.", minimum=0),
    ),
    aliases=("HEI places", "Universities and places"),
)  # fmt: skip

POSTS = Sheet(
    "Posts",
    "Posts that could be funded.",
    (
        Column("post", CellType.ID, "A code for the post.", required=True,
               aliases=("post title", "code")),
        Column("band", CellType.BAND, "Its band.", required=True, aliases=("grade",)),
        Column("competences", CellType.IDS, "What its holder may cover and teach.",
               required=True, aliases=("competencies", "competency", "skills")),
        Column("wte", CellType.WTE, "Above 0, at most 1.", default="1", aliases=("fte",)),
        Column("annual_cost", CellType.POUNDS, "Pounds a year.",
               default="from the declared pay scales", minimum=0, aliases=("cost",)),
        Column("department", CellType.ID, "Where it may be placed.", default="any",
               refers="department", aliases=("dept",)),
        Column("max_posts", CellType.WHOLE, "Most posts of this kind.", minimum=0,
               aliases=("max", "maximum")),
        Column("lead_time_months", CellType.WHOLE, "Months until it is filled.", minimum=0,
               aliases=("lead time",)),
        Column("working_pattern", CellType.PATTERN, "When its holder works.",
               default="the best days are chosen", aliases=("pattern",)),
    ),
)  # fmt: skip

WORKFORCE = Sheet(
    "Workforce",
    "Posts and people of a specialism, in WTE.",
    (
        Column("specialism", CellType.TEXT, "The specialism.", required=True,
               aliases=("specialty",)),
        Column("year", CellType.ACADEMIC_YEAR, "The year."),
        Column("establishment_wte", CellType.NUMBER, "Funded posts.", required=True, minimum=0,
               aliases=("establishment",)),
        Column("in_post_wte", CellType.NUMBER, "People in post.", required=True, minimum=0,
               aliases=("in post",)),
        Column("recommended_wte", CellType.NUMBER, "Recommended posts.", minimum=0,
               aliases=("recommended",)),
        Column("leavers_rate", CellType.RATE, "Share that leaves in a year.",
               aliases=("leavers", "turnover")),
        Column("retirements_wte", CellType.NUMBER, "Retirements in a year.", minimum=0,
               aliases=("retirements",)),
        Column("growth_wte", CellType.NUMBER, "Growth of funded posts in a year.",
               aliases=("growth",)),
        Column("region", CellType.TEXT, "The region."),
        Column("source", CellType.TEXT, "Where the figures come from."),
    ),
)  # fmt: skip

ASSUMPTIONS = Sheet(
    "Assumptions",
    "Named figures with their range and source.",
    (
        Column("name", CellType.TEXT, "What is assumed.", required=True,
               aliases=("assumption",)),
        Column("low", CellType.NUMBER, "Low value."),
        Column("central", CellType.NUMBER, "Central value.", required=True,
               aliases=("value", "central value")),
        Column("high", CellType.NUMBER, "High value."),
        Column("unit", CellType.TEXT, "In what unit.", aliases=("units",)),
        Column("source", CellType.TEXT, "Where it comes from.", required=True),
    ),
)  # fmt: skip
