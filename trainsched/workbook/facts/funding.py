"""Facts for capacity, funding and forecast from their sheets."""

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.funding import Assumption, HeiPlaces, Post, Programme, Target, WorkforceRow
from trainsched.workbook.sources import Sources


def read_programmes(sources: Sources) -> tuple[Programme, ...]:
    """The programmes of the workbook by code."""
    sources.refuse_repeats("Programmes", ["programme"], "programme", "The programme")
    rows = [
        Programme(
            code=record.get("programme"),
            title=record.get("programme"),
            years=record.get("years"),
            annual_cost_pounds=record.get("annual_cost"),
            hei_fee_pounds=record.get("hei_fee"),
            start_month=record.get("start_month"),
            completion_rate=record.get("completion_rate"),
            retention_rate=record.get("retention_rate"),
        )
        for record in sources.of("Programmes")
        if record.has_all("programme", "years")
    ]
    return tuple(sorted(rows, key=lambda row: row.code))


def read_targets(sources: Sources) -> tuple[Target, ...]:
    """The targets; one that names a department and a region is an error."""
    key = ["programme", "year", "department", "region"]
    sources.refuse_repeats("Targets", key, "programme", "The target for")
    rows: list[Target] = []
    for record in sources.of("Targets"):
        if not record.has_all("programme", "year", "intake"):
            continue
        if record.has_all("department", "region"):
            sources.problems.error(
                record.place("region"),
                f"The target names a region and, in {record.place('department').cell}, a "
                "department.",
                "Keep one of the two.",
                record.get("region"),
            )
        rows.append(
            Target(
                programme=record.get("programme"),
                year=record.get("year"),
                intake=record.get("intake"),
                department=record.get("department"),
                region=record.get("region"),
            )
        )
    return tuple(
        sorted(rows, key=lambda t: (t.programme, t.year, t.department or "", t.region or ""))
    )


def read_hei_places(sources: Sources) -> tuple[HeiPlaces, ...]:
    """Places at universities."""
    sources.refuse_repeats("HEI", ["hei", "programme", "year"], "hei", "The row for")
    rows = [
        HeiPlaces(
            hei=record.get("hei"),
            programme=record.get("programme"),
            year=record.get("year"),
            places=record.get("places"),
            fee_per_place_pounds=record.get("fee_per_place"),
            extra_places_max=record.get("extra_places_max"),
            extra_place_cost_pounds=record.get("extra_place_cost"),
        )
        for record in sources.of("HEI")
        if record.has_all("hei", "programme", "places")
    ]
    return tuple(sorted(rows, key=lambda row: (row.hei, row.programme, row.year or 0)))


def read_posts(sources: Sources) -> tuple[Post, ...]:
    """Posts that could be funded, by code."""
    sources.refuse_repeats("Posts", ["post"], "post", "The post")
    rows = [
        Post(
            post=record.get("post"),
            band=record.get("band"),
            competences=record.get("competences"),
            wte=record.get("wte", 1.0),
            annual_cost_pounds=record.get("annual_cost"),
            department=record.get("department"),
            max_posts=record.get("max_posts"),
            lead_time_months=record.get("lead_time_months"),
            pattern=(
                WorkingPattern(weeks=record.get("working_pattern"))
                if record.has("working_pattern")
                else None
            ),
        )
        for record in sources.of("Posts")
        if record.has_all("post", "band", "competences")
    ]
    return tuple(sorted(rows, key=lambda row: row.post))


def read_workforce(sources: Sources) -> tuple[WorkforceRow, ...]:
    """Posts and people by specialism, region and year."""
    key = ["specialism", "year", "region"]
    sources.refuse_repeats("Workforce", key, "specialism", "The row for")
    rows = [
        WorkforceRow(
            specialism=record.get("specialism"),
            year=record.get("year"),
            establishment_wte=record.get("establishment_wte"),
            in_post_wte=record.get("in_post_wte"),
            recommended_wte=record.get("recommended_wte"),
            leavers_rate=record.get("leavers_rate"),
            retirements_wte=record.get("retirements_wte"),
            growth_wte=record.get("growth_wte"),
            region=record.get("region"),
            source=record.get("source"),
        )
        for record in sources.of("Workforce")
        if record.has_all("specialism", "establishment_wte", "in_post_wte")
    ]
    return tuple(sorted(rows, key=lambda row: (row.specialism, row.region or "", row.year or 0)))


def read_assumptions(sources: Sources) -> tuple[Assumption, ...]:
    """Named figures; a range that does not hold its central value is an error."""
    sources.refuse_repeats("Assumptions", ["name"], "name", "The assumption")
    rows: list[Assumption] = []
    for record in sources.of("Assumptions"):
        if not record.has_all("name", "central", "source"):
            continue
        low, central, high = (record.get(name) for name in ("low", "central", "high"))
        if (low is not None and low > central) or (high is not None and high < central):
            sources.problems.error(
                record.place("central"),
                "The central value is not between low and high.",
                "Mend the three values.",
                central,
            )
        rows.append(
            Assumption(
                name=record.get("name"),
                low=low,
                central=central,
                high=high,
                unit=record.get("unit"),
                source=record.get("source"),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.name))
