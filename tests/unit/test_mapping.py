"""Answers kept beside the workbook survive being written, edited by hand and written again."""

import tomllib
from pathlib import Path

import pytest

from trainsched.workbook.mapping import (
    Mapping,
    MappingError,
    OpenQuestion,
    load_mapping,
    mapping_file,
    write_mapping,
)

AK = OpenQuestion("people", "A. Kerr", "Roster!A5: is it S1 (Anna Kerr) or S2 (Abel Kerr)?")
SL = OpenQuestion("codes", "S/L", "Roster!C5: study leave or sick leave?")


def written(folder: Path, text: str) -> Path:
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    return folder / "rota.xlsx"


def test_no_file_means_no_answers(tmp_path: Path) -> None:
    assert load_mapping(tmp_path / "rota.xlsx") == Mapping()


def test_answers_are_found_however_the_name_or_code_is_typed(tmp_path: Path) -> None:
    rota = written(tmp_path, '[people]\n"KERR, Anna" = "S1"\n[codes]\n"s.l" = "absent"\n')
    mapping = load_mapping(rota)
    assert mapping.person("Dr Anna  Kerr") == "S1"
    assert mapping.meaning("SL ") == "absent"
    assert mapping.person("Bruno Cole") is None
    assert mapping.file == "mapping.toml"
    assert mapping.faults == ()


def test_a_code_may_be_a_duty_by_its_name(tmp_path: Path) -> None:
    mapping = load_mapping(written(tmp_path, '[codes]\nDP = "duty: Duty physicist"\n'))
    assert mapping.meaning("D/P") == "duty: Duty physicist"
    assert mapping.faults == ()


def test_the_file_of_the_workbooks_own_name_comes_first(tmp_path: Path) -> None:
    rota = written(tmp_path, '[people]\n"AK" = "S1"\n')
    (tmp_path / "rota.mapping.toml").write_text('[people]\n"AK" = "S2"\n', encoding="utf-8")
    assert load_mapping(rota).people == {"ak": "S2"}
    assert load_mapping(tmp_path / "other.xlsx").people == {"ak": "S1"}


def test_a_folder_of_csv_files_has_its_answers_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "rota.v2"
    folder.mkdir()
    (tmp_path / "rota.v2.mapping.toml").write_text("", encoding="utf-8")
    assert mapping_file(folder) == tmp_path / "rota.v2.mapping.toml"


def test_open_questions_are_written_with_what_they_may_be_and_are_no_answers(
    tmp_path: Path,
) -> None:
    rota = tmp_path / "rota.xlsx"
    path = write_mapping(rota, questions=[SL, AK])
    assert path == tmp_path / "mapping.toml"
    text = path.read_text(encoding="utf-8")
    assert '#? Roster!A5: is it S1 (Anna Kerr) or S2 (Abel Kerr)?\n"A. Kerr" = ""\n' in text
    assert tomllib.loads(text) == {"people": {"A. Kerr": ""}, "codes": {"S/L": ""}}
    assert load_mapping(rota) == Mapping(file="mapping.toml")


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    rota = tmp_path / "rota.xlsx"
    first = write_mapping(rota, questions=[AK, SL]).read_bytes()
    assert write_mapping(rota, questions=[SL, AK]).read_bytes() == first


def test_what_is_there_stays_with_its_comments(tmp_path: Path) -> None:
    rota = written(
        tmp_path,
        "# our own words\n[people]  # of Fellside\n# the new one\n\"Zed\" = 'S9'  # since May\n"
        '"A. Kerr" = "S1"\n# ask about Bo\n[codes]\nSL = "absent"\n',
    )
    text = write_mapping(rota, questions=[AK, SL, OpenQuestion("codes", "QX")]).read_text(
        encoding="utf-8"
    )
    assert tomllib.loads(text) == {
        "people": {"A. Kerr": "S1", "Zed": "S9"},
        "codes": {"QX": "", "SL": "absent"},
    }
    assert '# the new one\n"Zed" = "S9"  # since May\n' in text
    assert text.index("# our own words") < text.index("[codes]")
    assert text.index('"A. Kerr"') < text.index('"Zed"') < text.index("# ask about Bo")
    assert "Roster!A5" not in text, "what is answered is not asked again"


def test_an_answer_replaces_the_open_question_and_an_older_answer(tmp_path: Path) -> None:
    rota = tmp_path / "rota.xlsx"
    write_mapping(rota, questions=[AK, SL])
    write_mapping(rota, answers=[(AK, "S1"), (SL, "busy")])
    assert load_mapping(rota).people == {"akerr": "S1"}
    text = write_mapping(rota, answers=[(AK, "S2")], questions=[SL]).read_text(encoding="utf-8")
    assert tomllib.loads(text)["people"] == {"A. Kerr": "S2"}
    assert "#?" not in text


@pytest.mark.parametrize("name", ['"quoted"', "back\\slash", "line\nbreak", "del\x7f", "Zoë ’"])
def test_any_text_can_be_a_key(tmp_path: Path, name: str) -> None:
    rota = tmp_path / "rota.xlsx"
    question = OpenQuestion("people", f"Bo {name}", f"A1: {name}")
    write_mapping(rota, questions=[question])
    write_mapping(rota, answers=[(question, "S1")])
    assert load_mapping(rota).person(f"Bo {name}") == "S1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[codes]\nSL = "leave"\n', "Write one of: absent, busy, on_call, training, work, or"),
        ('[codes]\nDP = "duty"\n', "duty: and the duty's name"),
        ('[codes]\nDP = "duty: "\n', "duty: and the duty's name"),
        ('[people]\n"AK" = "S1"\n"a k" = "S2"\n', "answered twice"),
        ('[people]\n"?" = "S1"\n', "neither letters nor digits"),
        ("[people\n", "cannot be read"),
        ('[staff]\n"AK" = "S1"\n', "neither [people] nor [codes]"),
        ('people = "AK"\n', "write [people] above its lines"),
        ("[people]\nAK = 7\n", "between quotes"),
    ],
)
def test_a_faulty_entry_is_said_and_not_used(tmp_path: Path, text: str, said: str) -> None:
    mapping = load_mapping(written(tmp_path, text))
    assert len(mapping.faults) == 1
    assert said in mapping.faults[0]
    assert set(mapping.people.values()) | set(mapping.codes.values()) <= {"S1", "S2"}
    assert len(mapping.people) <= 1


def test_a_file_that_cannot_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    rota = written(tmp_path, "[people\n")
    with pytest.raises(MappingError):
        write_mapping(rota, questions=[AK])
    assert (tmp_path / "mapping.toml").read_text(encoding="utf-8") == "[people\n"
