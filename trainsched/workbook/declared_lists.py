"""Codes and programmes that are declared beside the program, and what a workbook puts over them."""

from pathlib import Path

from trainsched.declared import DeclaredError, load_codes, load_programmes
from trainsched.domain.funding import Programme
from trainsched.domain.roster import Code
from trainsched.workbook.problem_list import ProblemList


def usual_codes(models_dir: Path | None, problems: ProblemList) -> tuple[Code, ...]:
    """The codes read without being told; faults of a folder of one's own are noted."""
    try:
        return load_codes(models_dir)
    except DeclaredError as error:
        _note(error, problems)
        return load_codes()


def declared_programmes(models_dir: Path | None, problems: ProblemList) -> dict[str, Programme]:
    """The programmes by code; faults of a folder of one's own are noted."""
    try:
        declared = load_programmes(models_dir)
    except DeclaredError as error:
        _note(error, problems)
        declared = load_programmes()
    return {one.programme.code: one.programme for one in declared}


def _note(error: DeclaredError, problems: ProblemList) -> None:
    for fault in error.faults:
        problems.error(None, f"{fault.where}: {fault.problem}", fault.remedy)


def merge_programmes(
    declared: dict[str, Programme], listed: tuple[Programme, ...]
) -> tuple[Programme, ...]:
    """The declared programmes with the workbook's figures put over them, by code."""
    merged = dict(declared)
    for row in listed:
        known = merged.get(row.code, row)
        stated = {
            name: value
            for name, value in row
            if value is not None and not (name == "title" and row.code in declared)
        }
        merged[row.code] = known.model_copy(update=stated)
    return tuple(merged[code] for code in sorted(merged))
