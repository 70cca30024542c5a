"""What can be wrong with what stands in braces: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "bad-id": error(
        "'{text}' cannot be an id",
        "write {{#{offer}}}: a small letter first, then small letters, digits and single '_'",
    ),
    "reserved-id": error(
        "the id '{id}' is kept for Mati's own use",
        "choose another, such as '{offer}'",
    ),
    "id-twice": error(
        "the id '{id}' is used twice, first on line {first}",
        "give this one a name of its own",
    ),
    "names-clash": error(
        "'{name}' and '{other}' (line {first}) cannot be told apart by some form services",
        "rename one of them: '.' and '_' count as the same here",
    ),
    "no-id": warning(
        "'{text}' has no id",
        "write {{#{offer}}} after it, so that its answers keep their name when the words change; "
        "'mati ids' writes all that are missing",
    ),
    "unknown-property": error(
        "there is no property called '{name}'",
        "did you mean '{offer}'?",
        "here you may write: {known}",
    ),
    "property-not-here": error(
        "the property '{name}' has no meaning here",
        "here you may write: {known}",
        "leave it out",
    ),
    "property-twice": error(
        "'{name}' stands here twice",
        "keep one of the two",
    ),
    "bad-property-value": error(
        "'{value}' is no value for '{name}'",
        "write it like this: {example}",
    ),
    "unknown-autocomplete": error(
        "'{text}' is nothing that browsers can fill in",
        "did you mean '{offer}'?",
        "write one of: {known}",
    ),
    "empty-condition": error(
        "'if' has no condition",
        'write one in double quotes, such as: if="overall <= 2"',
    ),
    "unknown-kind": error(
        "there is no kind of question called '{kind}'",
        "did you mean '{offer}'?",
        "kinds are: {known}",
    ),
    "unknown-look": error(
        "a question of the kind '{kind}' cannot look like '{look}'",
        "write as={offer}, or leave 'as' out",
        "leave 'as' out",
    ),
    "look-without-scale": note(
        "the answers of '{id}' look like {look}, but '{code}' is no step of a scale",
        "number them as codes, the best highest: (5) Very good, (4) Good; or leave out as={look}",
    ),
    "look-for-one-answer": error(
        "rows that take several answers cannot look like '{look}'",
        "write round brackets for one answer a row, such as (5), or leave out as={look}",
    ),
    "unreadable-property": error(
        "'{text}' cannot be read as a property",
        "write: {offer}",
        "write #id, *, a word, or name=value; a value with blanks stands in straight double quotes",
    ),
    "bent-quotes": error(
        "'{text}' is a quote as word processors bend it",
        'write straight quotes: "…"',
    ),
    "unquoted-condition": error(
        "the condition '{text}' stands without quotes",
        'write it between straight quotes: if="{offer}"',
    ),
    "id-without-hash": error(
        "'{text}' is no property",
        "if it is the id, write {{#{offer}}}",
    ),
    "id-without-braces": error(
        "people would read '{text}' as it stands here",
        "if it is the id, write {{#{offer}}}",
    ),
    "braces-not-last": error(
        "the braces in '{text}' are not the last thing on the line, so people would read them",
        "write: {better}",
    ),
    "word-behind-id": error(
        "'{name}' is no property",
        "if it belongs to the id, write {{#{offer}}}; properties are: {known}",
    ),
    "unclosed-brace": error(
        "the brace in '{text}' is never closed",
        "write '}}' after the last property",
    ),
    "unclosed-quote": error(
        "the quote in '{text}' is never closed",
        "write '\"' at its end",
    ),
}
