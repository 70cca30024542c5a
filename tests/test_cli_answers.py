"""``pull`` as a person uses it: every row is accounted for, twice does no harm."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mati import home, store
from mati.accept import Accepted
from mati.cli import main

ROOT = Path(__file__).parent.parent
ROW = {
    "key": "k1",
    "at": "2026-11-22T02:47:00Z",
    "survey": "customer-service",
    "pairs": [
        ["mati_id", "visitor-1"],
        ["overall", "1"],
        ["phone", "012 345 678"],
        ["colour", "red"],
    ],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "customer-service.md", tmp_path / "content")
    shutil.copy(ROOT / "mati.yaml", tmp_path)
    return tmp_path


def mati(root: Path, *words: str) -> Result:
    environment = {"LANGUAGE": "en", "LC_ALL": "C", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["--project", str(root), *words], env=environment)


def export(root: Path, *rows: object) -> str:
    path = root / "export.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def test_a_file_comes_home_and_again_does_no_harm(root):
    file = export(root, ROW)
    first = mati(root, "pull", "--file", file)
    assert first.exit_code == 0, first.output
    assert "customer-service: 1 new, 0 already here, 0 suspect, 1 unknown values." in first.output
    assert "012 345 678" not in first.output
    assert "export.jsonl:1:1: warning [unknown-answer]" in first.output
    second = mati(root, "pull", "customer-service", "--file", file)
    assert "0 new, 1 already here" in second.output
    home = (root / "private/responses/customer-service/2026-11.jsonl").read_text("utf-8")
    assert home.count("\n") == 1
    assert "012 345 678" not in home


def test_rows_of_no_survey_are_said(root):
    found = mati(root, "pull", "--file", export(root, ROW | {"survey": "elsewhere"}))
    assert "1 answers belong to none of these surveys" in found.output


def test_a_broken_row_is_said_and_the_others_come(root):
    found = mati(root, "pull", "--file", export(root, "{broken", ROW))
    assert found.exit_code == 1
    assert "1 new" in found.output
    assert "export.jsonl:1:1: error" in found.output
    assert "Traceback" not in found.output


@pytest.mark.parametrize("damage", ['{"key": "k9", "012 345 678"', '{"key": "\x00 012 345 678"}'])
def test_no_line_of_answers_is_quoted(root, damage):
    found = mati(root, "pull", "--file", export(root, ROW, damage))
    assert found.exit_code == 1
    assert "error" in found.output
    assert "012 345 678" not in found.output


def test_without_anything_to_bring_it_says_so(root):
    found = mati(root, "pull")
    assert found.exit_code == 0
    assert "0 new" in found.output


def test_an_unknown_survey_and_service_are_said(root):
    assert mati(root, "pull", "nosuch").exit_code == 2
    found = mati(root, "pull", "--service", "nosuch", "--file", export(root, ROW))
    assert found.exit_code == 2
    assert "formspree" in found.output


def test_a_file_that_is_no_text_is_said(root):
    path = root / "export.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x01" * 50)
    found = mati(root, "pull", "--file", str(path))
    assert found.exit_code == 1
    assert "Traceback" not in found.output


def test_a_survey_that_cannot_be_read_stops_it(root):
    (root / "content" / "customer-service.md").write_text("---\nlang: en\n", "utf-8")
    found = mati(root, "pull", "--file", export(root, ROW))
    assert found.exit_code == 1
    assert not (root / "private" / "responses").exists()


def test_what_the_form_service_keeps_comes_home(root):
    with closing(store.Ledger(store.connect(root / "private" / "collect.db"))) as ledger:
        entry = Accepted(
            id="x1",
            survey="customer-service",
            language="en",
            pairs=(("mati_id", "visitor-1"), ("overall", "1")),
            contacts=(("phone", "012 345 678"),),
            digest=b"d" * 32,
            at="2026-11-22T02:47:00Z",
            ending="sorry",
        )
        ledger.keep([("k1", entry)])
    assert "1 new" in mati(root, "pull").output
    assert "1 already here" in mati(root, "pull", "customer-service").output
    contacts = (root / "private/contacts/customer-service.jsonl").read_text("utf-8")
    assert "012 345 678" in contacts


# --- Public reports in steps, and sums that are kept ------------------------------------------


def marks(root: Path, first: int, *given: str) -> None:
    """Bring answers home that gave these marks, in October and then in November."""
    rows = []
    for at, mark in enumerate(given, first):
        month = 10 if at < 12 else 11
        rows.append({"key": f"m{at}", "at": f"2026-{month}-05T03:00:00Z", "pairs": [
            ["mati_survey", "customer-service"], ["mati_lang", "km"], ["overall", mark],
            ["phone", f"012 345 {at:03}"], ["better", "a secret"],
        ]})  # fmt: skip
    found = mati(root, "pull", "--file", export(root, *rows))
    assert found.exit_code == 0, found.output


def public(root: Path) -> dict[str, object]:
    found = mati(root, "build")
    assert found.exit_code == 0, found.output
    return json.loads((root / "site/en/customer-service/report/results.json").read_text("utf-8"))


def owners(root: Path) -> str:
    return (root / "private/reports/en/customer-service/report/index.html").read_text("utf-8")


def answered(numbers: dict[str, object]) -> int:
    return next(q for q in numbers["questions"] if q["id"] == "overall")["items"][0]["base"]


def test_a_public_report_changes_by_enough_answers_only(root):
    marks(root, 0, *"5" * 12, *"1" * 12)
    assert public(root)["answers"] == 24
    marks(root, 24, "1", "5", "5")
    assert public(root)["answers"] == 24
    assert "Not in the public report yet" in owners(root)
    assert re.search(r"Received</th>\s*<td>27</td>", owners(root))
    marks(root, 27, "5", "5", "5", "5")
    later = public(root)
    assert later["answers"] == 31  # five more, but one of them alone with a mark of 1
    assert answered(later) == 24
    page = (root / "site/en/customer-service/report/index.html").read_text("utf-8")
    assert "Some numbers are of an earlier day" in page
    marks(root, 31, *"1" * 9)
    assert answered(public(root)) == 40
    kept = root / "private/released/customer-service/counts.jsonl"
    assert len(kept.read_text("ascii").splitlines()) == 3
    if os.name != "nt":
        assert kept.stat().st_mode & 0o777 == 0o600


def test_a_survey_that_is_not_public_releases_nothing(root):
    survey = root / "content/customer-service.md"
    survey.write_text(survey.read_text("utf-8").replace("public: true", "public: false"), "utf-8")
    marks(root, 0, *"5" * 12, *"1" * 12)
    assert mati(root, "build").exit_code == 0
    assert not (root / "private/released").exists()


def test_a_damaged_memory_of_what_was_shown_stops_the_build(root):
    marks(root, 0, *"5" * 12, *"1" * 12)
    before = public(root)
    kept = root / "private/released/customer-service/counts.jsonl"
    kept.write_text("{oops\n", "ascii")
    marks(root, 24, *"5" * 12)
    found = mati(root, "build")
    assert found.exit_code == 1
    assert (
        "private/released/customer-service/counts.jsonl:1:1: error [damaged-release]"
        in found.output
    )
    assert "oops" not in found.output
    page = root / "site/en/customer-service/report/results.json"
    assert json.loads(page.read_text("utf-8")) == before
    kept.unlink()
    assert public(root)["answers"] == 36


def test_a_month_that_stayed_as_it_was_is_not_read_again(root, monkeypatch):
    marks(root, 0, *"5" * 12, *"1" * 12)
    first = public(root)
    cubes = sorted((root / "private/cubes").iterdir())
    assert [path.name.split(".")[1] for path in cubes] == ["2026-10", "2026-11"]
    if os.name != "nt":
        assert {path.stat().st_mode & 0o777 for path in cubes} == {0o600}
    read = []
    rows = home.Month.rows
    monkeypatch.setattr(
        home.Month, "rows", lambda month, *rest: read.append(month.name) or rows(month, *rest)
    )
    marks(root, 24, *"5" * 12)
    second = public(root)
    assert read == ["2026-11"]
    shutil.rmtree(root / "private/cubes")
    shutil.rmtree(root / "private/released")
    (root / "content/customer-service.md").touch()
    assert public(root) == second != first
    assert min(path.name for path in (root / "private/cubes").iterdir()) == cubes[0].name


def test_what_is_no_cube_is_counted_again(root):
    marks(root, 0, *"5" * 12, *"1" * 12)
    first = public(root)
    for path in (root / "private/cubes").iterdir():
        path.write_text('[{"by":[],"names":[],"cells":[],"first":"","last":""}]', "ascii")
    (root / "site/en/customer-service/report/results.json").unlink()
    assert public(root) == first


def test_to_forget_somebody_forgets_the_sums_too(root):
    marks(root, 0, *"5" * 12, *"1" * 12)
    public(root)
    assert mati(root, "forget", "m3").exit_code == 0
    assert not list((root / "private/cubes").iterdir())
    numbers = public(root)
    assert numbers["answers"] == 24  # one fewer would say what that one answered
    assert re.search(r"Received</th>\s*<td>23</td>", owners(root))


def test_an_engine_that_cannot_be_used_stops_the_build(root, monkeypatch):
    marks(root, 0, *"5" * 12, *"1" * 12)
    monkeypatch.delenv("MATI_POSTGRES", raising=False)
    settings = root / "mati.yaml"
    settings.write_text(settings.read_text("utf-8") + "engine: postgres\n", "utf-8")
    found = mati(root, "build")
    assert found.exit_code == 1
    assert "mati.yaml:1:1: error [engine-unusable]" in found.output
    assert "MATI_POSTGRES" in found.output
    assert not (root / "site/en").exists()


def test_duckdb_makes_the_same_report(root):
    marks(root, 0, *"5" * 12, *"1" * 12)
    plain = public(root)
    shutil.rmtree(root / "private/cubes")
    settings = root / "mati.yaml"
    settings.write_text(settings.read_text("utf-8") + "engine: duckdb\n", "utf-8")
    assert public(root) == plain
    assert {path.suffix for path in (root / "private/cubes").iterdir()} == {".json", ".parquet"}


# --- What is too old --------------------------------------------------------------------------


def aged(root: Path, *days: int, file: str = "old.jsonl") -> str:
    """Export answers that were given so many days ago."""
    rows = []
    for at, ago in enumerate(days):
        moment = datetime.now(UTC) - timedelta(days=ago)
        rows.append({"key": f"o{at}", "at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "pairs": [
            ["mati_survey", "customer-service"], ["overall", "1"], ["phone", f"011 222 3{at:02}"],
        ]})  # fmt: skip
    path = root / file
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return str(path)


def keep_for(root: Path, words: str) -> None:
    survey = root / "content/customer-service.md"
    text = survey.read_text("utf-8")
    survey.write_text(text.replace("report:\n", f"retention: {words}\nreport:\n", 1), "utf-8")


def held(root: Path, folder: str) -> str:
    files = (root / "private" / folder).rglob("*.jsonl")
    return "".join(path.read_text("utf-8") for path in files)


def test_old_contacts_go_and_their_answers_stay(root):
    keep_for(root, "{contacts: 90 days}")
    file = aged(root, 100, 91, 89, 0)
    found = mati(root, "pull", "--file", file)
    assert "customer-service: too old, and deleted: 0 answers, 2 contacts." in found.output
    assert re.findall(r"011 222 3\d\d", held(root, "contacts")) == ["011 222 302", "011 222 303"]
    assert held(root, "responses").count('"key":') == 4
    again = mati(root, "pull", "--file", file)
    assert "0 new, 4 already here" in again.output
    assert "too old" not in again.output
    assert "011 222 300" not in held(root, "contacts")


def test_old_answers_go_with_everything_and_do_not_come_back(root):
    file = aged(root, 800, 731, 729, 0)
    mati(root, "pull", "--file", file)
    mati(root, "review", "list")
    assert mati(root, "followup", "export").exit_code == 0
    keep_for(root, "{answers: 730 days}")
    said = mati(root, "forget", "--old", "--dry-run")
    assert "customer-service: too old are 2 answers and 0 contacts." in said.output
    assert held(root, "responses").count('"key":') == 4
    found = mati(root, "forget", "--old")
    assert "customer-service: too old, and deleted: 2 answers, 0 contacts." in found.output
    assert "011 222 300" not in held(root, "contacts")
    assert not list((root / "private/followups").glob("*.csv"))
    assert held(root, "responses").count('"key":') == 2
    assert "2 forgotten before, not brought back" in mati(root, "pull", "--file", file).output
    assert held(root, "responses").count('"key":') == 2


def test_without_a_word_everything_is_kept(root):
    mati(root, "pull", "--file", aged(root, 9000, 1))
    assert mati(root, "forget", "--old").exit_code == 0
    assert held(root, "contacts").count("011 222") == 2


def test_what_was_changed_lately_is_as_old_as_that(root):
    keep_for(root, "{answers: 30 days}")
    rows = []
    for key, ago, mark in (("a", 90, "1"), ("b", 2, "5")):
        moment = datetime.now(UTC) - timedelta(days=ago)
        rows.append({"key": key, "at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "pairs": [
            ["mati_survey", "customer-service"], ["mati_id", "same-person-0001"], ["overall", mark],
        ]})  # fmt: skip
    found = mati(root, "pull", "--file", export(root, *rows))
    assert "too old" not in found.output
    assert held(root, "responses").count('"key":') == 2


def kept(root: Path, key: str, at: datetime, words: str, *, id_: str = "same-person-0001") -> None:
    """Store what somebody sent, as the form service does."""
    entry = Accepted(
        id=id_,
        survey="customer-service",
        language="en",
        pairs=(("mati_survey", "customer-service"), ("mati_id", id_), ("best", words)),
        contacts=(("phone", "012 345 678"),),
        digest=key.encode() * 16,
        at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        ending="",
    )
    with closing(store.Ledger(store.connect(root / "private" / "collect.db"))) as ledger:
        ledger.keep([(key, entry)])


def lines_stored(root: Path) -> str:
    with closing(store.Ledger(store.connect(root / "private" / "collect.db"))) as ledger:
        return "\n".join(ledger.lines())


def test_what_expires_takes_no_newer_answer_of_the_same_person_with_it(root):
    """The newer one is not at home yet when the old one goes."""
    now = datetime.now(UTC)
    kept(root, "k1", now - timedelta(days=90), "old words")
    assert "1 new" in mati(root, "pull").output
    kept(root, "k2", now, "new words")
    keep_for(root, "{answers: 30 days}")
    assert "deleted: 1 answers" in mati(root, "forget", "--old").output
    assert "old words" not in held(root, "responses") + lines_stored(root)
    assert "1 new" in mati(root, "pull").output
    assert "new words" in held(root, "responses")


def test_the_answer_stays_at_the_form_service_when_its_contact_expires(root):
    """Else a full survey would open again."""
    kept(root, "k1", datetime.now(UTC) - timedelta(days=90), "kind")
    mati(root, "pull")
    keep_for(root, "{contacts: 30 days}")
    assert "deleted: 0 answers, 1 contacts" in mati(root, "forget", "--old").output
    assert "kind" in lines_stored(root)
    assert "012 345" not in lines_stored(root) + held(root, "contacts")


def test_what_was_noted_of_a_call_goes_with_the_number(root):
    mati(root, "pull", "--file", aged(root, 80))
    case = re.search(r"\b[0-9a-f]{10}\b", mati(root, "followup").output)[0]
    mati(root, "followup", "done", case, "--satisfied", "yes", "--note", "rang 011 222 300")
    assert "rang 011" in held(root, "followups")
    keep_for(root, "{contacts: 1 day}")
    assert mati(root, "forget", "--old").exit_code == 0
    assert "rang" not in held(root, "followups")
    assert '"satisfied":"yes"' in held(root, "followups")


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("x", "--old"), ("x", "--dry-run")])
def test_to_forget_takes_ids_or_what_is_old(root, words):
    found = mati(root, "forget", *words)
    assert found.exit_code == 2
    assert "Name ids, or say --old." in found.output


def test_a_day_that_nobody_knows_is_not_too_old(root):
    keep_for(root, "{answers: 1 day, contacts: 1 day}")
    row = {"key": "u", "at": "", "pairs": [["mati_survey", "customer-service"], ["overall", "1"],
                                          ["phone", "011 222 399"]]}  # fmt: skip
    mati(root, "pull", "--file", export(root, row))
    assert "011 222 399" in held(root, "contacts")


# --- Reports of what nobody expects -----------------------------------------------------------


def sent(root: Path, number: int, *pairs: tuple[str, str]) -> None:
    said = [["mati_survey", "customer-service"], *map(list, pairs)]
    days = (f"2026-11-{at % 20 + 1:02}T03:00:00Z" for at in range(number))
    rows = [{"key": f"s{at}", "at": day, "pairs": said} for at, day in enumerate(days)]
    assert mati(root, "pull", "--file", export(root, *rows)).exit_code == 0


def pages_of(root: Path) -> str:
    """Build; return every report page, which are right pages and hold no broken numbers."""
    found = mati(root, "build")
    assert found.exit_code == 0, found.output
    assert "Traceback" not in found.output
    paths = [*root.glob("site/*/*/report/index.html"), *root.glob("private/reports/*/*/*/*.html")]
    text = "".join(path.read_text("utf-8") for path in paths)
    assert paths
    for broken in ("nan", "inf%", "None", "{{", "undefined"):
        assert broken not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL), broken
    return text


@pytest.mark.parametrize("number", [1, 2, 4, 5, 12])
def test_answers_that_say_nothing(root, number):
    sent(root, number)
    assert ("people have answered so far" in pages_of(root)) == (number < 5)


@pytest.mark.parametrize("number", [1, 5, 40])
def test_codes_that_nobody_knows(root, number):
    sent(root, number, ("overall", "9"), ("staff.polite", "x"), ("nothing", "1"))
    said = rf"does not know; those are not counted</th>\s*<td>{number}</td>"
    assert re.search(said, pages_of(root))


def test_an_answer_of_a_million_signs(root):
    sent(root, 12, ("overall", "5"), ("better", "ក" * 10**6))
    assert len(pages_of(root)) < 10**6
    listed = mati(root, "review")
    assert listed.exit_code == 0
    assert len(listed.output) < 100_000
    assert mati(root, "review", "export").exit_code == 0
    assert mati(root, "followup").exit_code == 0


def test_a_survey_changed_in_mid_field(root):
    sent(root, 30, ("overall", "3"), ("staff.polite", "4"))
    survey = root / "content/customer-service.md"
    text = survey.read_text("utf-8")
    assert public(root)["answers"] == 30
    changed = text.replace("- (3) Average\n", "- (0) Terrible\n", 1).replace(" kind=csat", "")
    survey.write_text(changed.replace("{#polite}", "{#kind}"), "utf-8")
    pages_of(root)
    numbers = json.loads((root / "site/en/customer-service/report/results.json").read_text("utf-8"))
    (overall,) = (q for q in numbers["questions"] if q["id"] == "overall")
    assert sum(cell["count"] for cell in overall["items"][0].get("cells", [])) <= 30
    survey.write_text(text, "utf-8")
    assert answered(public(root)) == 30


def test_everybody_said_the_same(root):
    sent(root, 29, ("overall", "5"), *((f"staff.{row}", "5") for row in ("polite", "advice")))
    assert "100%" in pages_of(root)
