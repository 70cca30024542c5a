"""Libraries from npm in, pages of the sample survey out: what ours is measured beside.

Each page uses its library as the library's documentation shows, with the files it ships. Where
there was a choice the lighter one was taken: no web fonts, no second style sheet, ``defer``.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markup import CLASSLESS, GOVUK, USWDS, document, form_of
from node_packages import NotHere, packages
from samplesurvey import sample

from mati.model import Block, Input, Prose, Question, Section, join
from mati.model.conditions import to_json

__all__ = ["LANGUAGE", "Peer", "peers"]

LANGUAGE = "en"
"""Peers are measured in English: none has words in Khmer."""

FONTS = re.compile(r"@font-face\{[^}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The page of a library: the files a browser loads, the page itself as ``index.html``."""

    name: str
    files: Mapping[str, bytes]
    note: str = ""
    """What the figures leave out."""
    whole: bool = True
    """False where the files are only the library: there is no page to look at."""

    @property
    def slug(self) -> str:
        """The name as part of an address."""
        return re.sub(r"[^a-z]+", "-", self.name.lower()).strip("-")


def peers() -> tuple[Peer, ...]:
    """Return all peers; raises ``NotHere`` where their packages cannot be had."""
    folder = packages("peers")
    return (
        _classless("Simple.css", folder / "simpledotcss/simple.min.css"),
        _classless("Pico classless", folder / "@picocss/pico/css/pico.classless.min.css"),
        _govuk(folder / "govuk-frontend/dist/govuk"),
        _uswds(folder / "@uswds/uswds/dist"),
        _formsmd(folder / "formsmd/dist"),
        _enketo(folder),
        _surveyjs(folder),
    )


def _page(head: str, body: str) -> bytes:
    return document(LANGUAGE, head, body).encode("utf-8")


def _classless(name: str, css: Path) -> Peer:
    body = f"<body>\n<main>\n{form_of(LANGUAGE, CLASSLESS)}\n</main>\n</body>"
    page = _page('<link rel="stylesheet" href="style.css">', body)
    return Peer(name=name, files={"index.html": page, "style.css": css.read_bytes()})


def _govuk(folder: Path) -> Peer:
    css = FONTS.sub("", (folder / "govuk-frontend.min.css").read_text("utf-8"))
    css = css.replace("GDS Transport,", "").replace('"GDS Transport",', "")
    body = (
        '<body class="govuk-template__body">\n'
        "<script>document.body.className += ' js-enabled' + ('noModule' in "
        "HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');</script>\n"
        '<div class="govuk-width-container">\n<main class="govuk-main-wrapper" id="main-content">\n'
        f"{form_of(LANGUAGE, GOVUK)}\n</main>\n</div>\n"
        '<script type="module">import { initAll } from "./govuk-frontend.min.js"; initAll();'
        "</script>\n</body>"
    )
    files = {
        "index.html": _page('<link rel="stylesheet" href="govuk-frontend.min.css">', body),
        "govuk-frontend.min.css": css.encode("utf-8"),
        "govuk-frontend.min.js": (folder / "govuk-frontend.min.js").read_bytes(),
    }
    return Peer(name="GOV.UK Frontend", files=_unmapped(files), note="without its fonts")


def _uswds(folder: Path) -> Peer:
    css = FONTS.sub("", (folder / "css/uswds.min.css").read_text("utf-8"))
    head = '<script src="uswds-init.min.js"></script>\n<link rel="stylesheet" href="uswds.min.css">'
    body = (
        '<body>\n<main class="grid-container usa-prose" id="main-content">\n'
        f"{form_of(LANGUAGE, USWDS)}\n</main>\n"
        '<script src="uswds.min.js"></script>\n</body>'
    )
    files = {
        "index.html": _page(head, body),
        "uswds-init.min.js": (folder / "js/uswds-init.min.js").read_bytes(),
        "uswds.min.css": css.encode("utf-8"),
        "uswds.min.js": (folder / "js/uswds.min.js").read_bytes(),
    }
    return Peer(name="USWDS", files=_unmapped(files), note="without its fonts")


def _unmapped(files: dict[str, bytes]) -> dict[str, bytes]:
    """Cut the notes that point developers' tools to maps."""
    end = re.compile(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*\n?$")
    return {name: end.sub(b"", content) for name, content in files.items()}


def _enketo(folder: Path) -> Peer:
    """Bundle the form engine as its own build does; form, model and theme would come on top."""
    own = folder / "enketo-core"
    names = json.loads((own / "package.json").read_text("utf-8"))["browser"]
    aliases = [f"--alias:{name}={(own / path).resolve()}" for name, path in names.items()]
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        entry = Path(name) / "entry.mjs"
        entry.write_text("import { Form } from 'enketo-core'; window.Form = Form;", "utf-8")
        command = ["node", str(folder / "esbuild/bin/esbuild"), str(entry), *aliases]
        command += ["--bundle", "--minify", "--log-level=error"]
        try:
            done = subprocess.run(command, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError) as problem:
            message = "the bundle of Enketo could not be made"
            raise NotHere(message) from problem
    note = "engine alone: no form, model, theme"
    return Peer(name="Enketo core", files={"enketo.js": done.stdout}, note=note, whole=False)


# --- Libraries that draw the form by script ----------------------------------------------------


def _surveyjs(folder: Path) -> Peer:
    head = (
        '<link rel="stylesheet" href="survey-core.css">\n'
        '<script defer src="survey.core.min.js"></script>\n'
        '<script defer src="survey-js-ui.min.js"></script>'
    )
    model = json.dumps(_surveyjs_model(), ensure_ascii=False, separators=(",", ":"))
    body = (
        '<body>\n<main id="surveyContainer"></main>\n<script type="module">\n'
        f"const survey = new Survey.Model({model});\n"
        'survey.render(document.getElementById("surveyContainer"));\n</script>\n</body>'
    )
    files = {
        "index.html": _page(head, body),
        "survey-core.css": (folder / "survey-core/survey-core.fontless.min.css").read_bytes(),
        "survey.core.min.js": (folder / "survey-core/survey.core.min.js").read_bytes(),
        "survey-js-ui.min.js": (folder / "survey-js-ui/survey-js-ui.min.js").read_bytes(),
    }
    return Peer(name="SurveyJS", files=_unmapped(files), note="without its font")


def _surveyjs_model() -> dict[str, object]:
    survey = sample(LANGUAGE)
    panels = []
    for section in survey.sections:
        panel: dict[str, object] = {
            "type": "panel",
            "name": section.id,
            "title": str(section.title or ""),
            "description": " ".join(str(text) for block in section.prose for text in block.texts),
            "elements": [_surveyjs_question(question) for question in section.questions],
        }
        if section.show_if is not None:
            panel["visibleIf"] = _condition(section, "{{{0}}} anyof {1}", lambda name: name)
        panels.append(panel)
    intro = " ".join(str(text) for block in survey.intro for text in block.texts)
    pages = [{"name": "page", "elements": panels}]
    return {"title": str(survey.title), "description": intro, "completeText": "Send my answers",
            "pages": pages}  # fmt: skip


def _surveyjs_question(question: Question) -> dict[str, object]:
    found: dict[str, object] = {"name": question.id, "title": str(question.label)}
    options = [{"value": one.code, "text": str(one.label)} for one in question.options]
    match question.block:
        case Block.MATRIX:
            rows = [{"value": row.id, "text": str(row.label)} for row in question.rows]
            found |= {"type": "matrix", "columns": options, "rows": rows, "eachRowRequired": True}
        case Block.FIELDS:
            fields = [
                {"name": join(question.id, one.id), "title": str(one.label), **_written(one.input)}
                for one in question.fields
            ]
            found |= {"type": "panel", "elements": fields}
        case Block.LINES:
            found |= _written(question.input or Input())
        case _:
            found |= {"type": "radiogroup", "choices": options, "isRequired": question.required}
    return found


def _written(taken: Input) -> dict[str, object]:
    if taken.lines > 1:
        return {"type": "comment", "rows": 3}
    return {"type": "text", **({"inputType": "tel"} if taken.kind == "phone" else {})}


def _condition(section: Section, test: str, spelled: Callable[[str], str]) -> str:
    """Return when a section is shown: ``test`` says how a library writes one comparison."""
    word, *parts = to_json(section.show_if) if section.show_if else ("or",)
    tests = parts if word == "or" else [(word, *parts)]
    each = (
        test.format(spelled(name), json.dumps(list(codes)).replace('"', "'"))
        for _, names, codes in tests
        for name in names
    )
    return " or ".join(each)


def _formsmd(folder: Path) -> Peer:
    head = (
        '<link rel="stylesheet" href="formsmd.min.css">\n'
        '<script defer src="composer.bundle.min.js"></script>\n'
        '<script defer src="formsmd.bundle.min.js"></script>'
    )
    body = (
        '<body>\n<main id="form"></main>\n<script type="module">\n'
        'const composer = new Composer({id: "form", postUrl: "/f/customer-service"});\n'
        + "\n".join(_formsmd_calls())
        + '\nnew Formsmd(composer.template, document.getElementById("form"), {}).init();\n'
        "</script>\n</body>"
    )
    files = {
        "index.html": _page(head, body),
        "formsmd.min.css": (folder / "css/formsmd.min.css").read_bytes(),
        "composer.bundle.min.js": (folder / "js/composer.bundle.min.js").read_bytes(),
        "formsmd.bundle.min.js": (folder / "js/formsmd.bundle.min.js").read_bytes(),
    }
    return Peer(name="forms.md", files=_unmapped(files))


def _formsmd_calls() -> list[str]:
    survey = sample(LANGUAGE)
    calls = [_call("h1", str(survey.title)), *_told(survey.intro)]
    for section in survey.sections:
        shown: dict[str, object] = {}
        if section.show_if is not None:
            names = [join(q.id, r.id) for q in survey.questions for r in q.rows] + ["overall"]
            test = _condition(section, "{0} in {1}", _plain)
            depends = {"dependencies": [_plain(name) for name in names], "condition": test}
            shown = {"displayCondition": depends}
        elif section.title is not None:
            calls += [_call("h2", str(section.title)), *_told(section.prose)]
        for question in section.questions:
            calls += _formsmd_question(question, shown)
    return calls


def _plain(name: str) -> str:
    return name.replace(".", "_")


def _call(method: str, *values: object) -> str:
    return f"composer.{method}({', '.join(json.dumps(v, ensure_ascii=False) for v in values)});"


def _told(blocks: tuple[Prose, ...]) -> list[str]:
    return [_call("p", str(text)) for block in blocks for text in block.texts]


def _formsmd_question(question: Question, shown: dict[str, object]) -> list[str]:
    label = str(question.label)
    choices = [{"label": str(one.label), "value": one.code} for one in question.options]
    chosen = {"choices": choices, "required": True, "horizontal": True}
    match question.block:
        case Block.MATRIX:
            rows = [(join(question.id, row.id), str(row.label)) for row in question.rows]
            return [_call("h3", label)] + [
                _call("choiceInput", _plain(name), {"question": text, **chosen})
                for name, text in rows
            ]
        case Block.FIELDS:
            return [_call("h3", label)] + [
                _formsmd_line(join(question.id, one.id), str(one.label), one.input, shown)
                for one in question.fields
            ]
        case Block.LINES:
            return [_formsmd_line(question.id, label, question.input or Input(), shown)]
        case _:
            return [_call("choiceInput", _plain(question.id), {"question": label, **chosen})]


def _formsmd_line(name: str, label: str, taken: Input, shown: dict[str, object]) -> str:
    method = "telInput" if taken.kind == "phone" else "textInput"
    several = {"multiline": True} if taken.lines > 1 else {}
    return _call(method, _plain(name), {"question": label, **several, **shown})
