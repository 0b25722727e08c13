"""Cells as roles and bands: ``trainer: linac_qc >=7 x2; supervisor: mpe_rt >=8a``."""

import re

from trainsched.domain.curriculum import TRAINING_OFFICER, Role
from trainsched.domain.people import BANDS
from trainsched.domain.roster import code_key
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.names import tidy

_COUNT = re.compile(r"(?:^|\s)[x×]\s*(\d+)$", re.IGNORECASE)
_BAND = re.compile(r"(?:>=|≥)\s*(?P<band>(?:band\s*)?\w+\+?)$", re.IGNORECASE)
_ITEMS = re.compile(r"[;\n]")
_BEFORE_BAND = re.compile(r"^(?:afc)?(?:band|b)?", re.IGNORECASE)
_NAME = re.compile(r"^\w[\w -]*$")
_REMEDY = "Write roles as trainer: linac_qc >=7 x2; supervisor: mpe_rt >=8a."


def parse_band(raw: object) -> str:
    """A band in its plain form: ``8A``, ``Band 7`` and ``B7`` are 8a, 7 and 7."""
    text = text_of(raw)
    band = _BEFORE_BAND.sub("", code_key(text))
    if band in BANDS:
        return band
    if band == "8":
        raise CellError("Band 8 is four bands.", "Write 8a, 8b, 8c or 8d.")
    raise CellError("This is not a band.", f"Write one of: {', '.join(BANDS)}.")


def parse_roles(raw: object) -> tuple[Role, ...]:
    """The roles of a session, in the order given. Alternatives of competence: ``a|b``."""
    roles: list[Role] = []
    for item in _ITEMS.split(raw if isinstance(raw, str) else text_of(raw)):
        if tidy(item):
            role = _role(tidy(item))
            if any(role.name == other.name for other in roles):
                raise CellError(
                    f"The role {role.name} stands here twice.",
                    "Write x2 for two people in one role, or give the roles different names.",
                )
            roles.append(role)
    return tuple(roles)


def _role(item: str) -> Role:
    if "," in item:
        raise CellError(
            f"'{item}' has a comma in it.",
            f"Separate roles by ; and alternative competences by |. {_REMEDY}",
        )
    rest, count = _count(item)
    rest, band = _min_band(rest)
    name, colon, competences = (tidy(part) for part in rest.partition(":"))
    if not _NAME.match(name) or (colon and not competences):
        raise CellError(f"'{item}' is not a role.", _REMEDY)
    if not colon and " " in name and code_key(name) != code_key(TRAINING_OFFICER):
        raise CellError(f"'{item}' has no colon after the role's name.", _REMEDY)
    known = tuple(dict.fromkeys(tidy(one) for one in competences.split("|"))) if colon else ()
    if "" in known:
        raise CellError(f"'{competences}' is not a competence, nor a choice of them.", _REMEDY)
    return Role(name=role_name(name), competences=known, min_band=band, count=count)


def role_name(text: str) -> str:
    """The plain form of a role's name: lower case, words joined by an underscore."""
    return "_".join(text.casefold().replace("-", " ").split())


def _count(item: str) -> tuple[str, int]:
    found = _COUNT.search(item)
    if found is None:
        return item, 1
    if int(found[1]) == 0:
        raise CellError(f"'{item}' asks for nobody.", "Leave the role out, or write x1 or more.")
    return item[: found.start()].strip(), int(found[1])


def _min_band(item: str) -> tuple[str, str | None]:
    found = _BAND.search(item)
    if found is None:
        if ">" in item or "≥" in item:
            raise CellError(f"'{item}' has no band after the sign.", _REMEDY)
        return item, None
    return item[: found.start()].strip(), parse_band(found["band"])
