"""The sample survey in, the HTML of a form out: as libraries of styles want it written.

A ``Style`` holds what differs: the markup that a library's documentation shows for a group, a
choice, a line to write on. The texts are the survey's own. What these libraries cannot do
without a server or a script of one's own, asking for the telephone number only after a low
rating, is left out: the question is simply there.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from samplesurvey import sample

from mati.model import Block, Field, Input, Option, Prose, Question, join

__all__ = ["CLASSLESS", "GOVUK", "USWDS", "Style", "document", "form_of"]

OPTIONAL = " (optional)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Pieces of markup with names in braces, to be filled by ``str.format``."""

    title: str = "<h1>{text}</h1>"
    heading: str = "<h2>{text}</h2>"
    prose: str = "<p>{text}</p>"
    group: str = "<fieldset><legend>{text}</legend>\n{inside}</fieldset>"
    choices: str = "{inside}"
    choice: str = (
        '<label><input type="radio" name="{name}" value="{code}"{need}> {text}</label>\n'
    )  # fmt: skip
    line: str = (
        '<label for="{id}">{text}</label>\n<input type="{kind}" id="{id}" name="{name}"{fill}>'
    )
    lines: str = (
        '<label for="{id}">{text}</label>\n<textarea id="{id}" name="{name}" rows="3"></textarea>'
    )
    form: str = '<form method="post" action="/f/customer-service">\n{inside}\n{button}\n</form>'
    button: str = "<button>Send my answers</button>"


CLASSLESS = Style()

GOVUK = Style(
    title='<h1 class="govuk-heading-l">{text}</h1>',
    heading='<h2 class="govuk-heading-m">{text}</h2>',
    prose='<p class="govuk-body">{text}</p>',
    group=(
        '<div class="govuk-form-group"><fieldset class="govuk-fieldset">\n'
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{text}</legend>\n'
        "{inside}</fieldset></div>"
    ),
    choices='<div class="govuk-radios" data-module="govuk-radios">\n{inside}</div>\n',
    choice=(
        '<div class="govuk-radios__item">\n'
        '<input class="govuk-radios__input" id="{id}" name="{name}" type="radio" value="{code}">\n'
        '<label class="govuk-label govuk-radios__label" for="{id}">{text}</label>\n</div>\n'
    ),
    line=(
        '<div class="govuk-form-group"><label class="govuk-label" for="{id}">{text}</label>\n'
        '<input class="govuk-input" id="{id}" name="{name}" type="{kind}"{fill}></div>'
    ),
    lines=(
        '<div class="govuk-form-group"><label class="govuk-label" for="{id}">{text}</label>\n'
        '<textarea class="govuk-textarea" id="{id}" name="{name}" rows="3"></textarea></div>'
    ),
    form=(
        '<form method="post" action="/f/customer-service" novalidate>\n{inside}\n{button}\n</form>'
    ),
    button=(
        '<button type="submit" class="govuk-button" data-module="govuk-button" '
        'data-prevent-double-click="true">Send my answers</button>'
    ),
)

USWDS = Style(
    group=(
        '<fieldset class="usa-fieldset"><legend class="usa-legend">{text}</legend>\n'
        "{inside}</fieldset>"
    ),
    choice=(
        '<div class="usa-radio">\n'
        '<input class="usa-radio__input" id="{id}" type="radio" name="{name}" value="{code}"'
        '{need}>\n<label class="usa-radio__label" for="{id}">{text}</label>\n</div>\n'
    ),
    line=(
        '<label class="usa-label" for="{id}">{text}</label>\n'
        '<input class="usa-input" id="{id}" name="{name}" type="{kind}"{fill}>'
    ),
    lines=(
        '<label class="usa-label" for="{id}">{text}</label>\n'
        '<textarea class="usa-textarea" id="{id}" name="{name}" rows="3"></textarea>'
    ),
    form=(
        '<form class="usa-form usa-form--large" method="post" action="/f/customer-service">\n'
        "{inside}\n{button}\n</form>"
    ),
    button='<button class="usa-button" type="submit">Send my answers</button>',
)


def document(code: str, head: str, body: str) -> str:
    """Return a page around a form; an icon is named so that no browser asks for one."""
    survey = sample(code)
    title, told = escape(str(survey.title)), escape(str(survey.intro[0].texts[0]))
    return (
        f'<!doctype html>\n<html lang="{code}"{" class=govuk-template" * ("govuk" in head)}>\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<title>{title}</title>\n<meta name="description" content="{told}">\n'
        f'<link rel="icon" href="data:,">\n{head}\n</head>\n{body}\n</html>\n'
    )


def form_of(code: str, style: Style) -> str:
    """Return title, introduction and form of the sample, in a language and a style."""
    survey = sample(code)
    parts = []
    for section in survey.sections:
        if section.title is not None:
            parts.append(style.heading.format(text=_words(section.title)))
        parts += _prose(section.prose, style)
        parts += [_question(question, style) for question in section.questions]
    head = [style.title.format(text=_words(survey.title)), *_prose(survey.intro, style)]
    form = style.form.format(inside="\n".join(parts), button=style.button)
    return "\n".join([*head, form])


def _words(text: object) -> str:
    return escape(str(text))


def _prose(blocks: tuple[Prose, ...], style: Style) -> list[str]:
    return [style.prose.format(text=_words(text)) for block in blocks for text in block.texts]


def _question(question: Question, style: Style) -> str:
    label = _words(question.label) + OPTIONAL * (not question.required)
    match question.block:
        case Block.MATRIX:
            rows = (
                _choices(_words(row.label), join(question.id, row.id), question, style)
                for row in question.rows
            )
            return style.group.format(text=label, inside="\n".join(rows))
        case Block.FIELDS:
            fields = (_field(question, field, style) for field in question.fields)
            return style.group.format(text=label, inside="\n".join(fields))
        case Block.LINES:
            return _line(label, question.id, question.input or Input(), style)
        case _:
            return _choices(label, question.id, question, style)


def _choices(label: str, name: str, question: Question, style: Style) -> str:
    need = " required" if question.required else ""
    each = (_choice(option, name, need, style) for option in question.options)
    return style.group.format(text=label, inside=style.choices.format(inside="".join(each)))


def _choice(option: Option, name: str, need: str, style: Style) -> str:
    own = f"{name}-{option.code}".replace(".", "-")
    return style.choice.format(
        id=own, name=name, code=option.code, need=need, text=_words(option.label)
    )


def _field(question: Question, field: Field, style: Style) -> str:
    return _line(_words(field.label), join(question.id, field.id), field.input, style)


def _line(label: str, name: str, taken: Input, style: Style) -> str:
    phone = taken.kind == "phone"
    shape = style.lines if taken.lines > 1 else style.line
    return shape.format(
        id=name.replace(".", "-"), name=name, text=label,
        kind="tel" if phone else "text", fill=' autocomplete="tel"' if phone else "",
    )  # fmt: skip
