"""What can be wrong with where the site is to be published: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, note

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "unknown-way": error(
        "there is no way to publish that is called '{text}'",
        "write: publish: {offer}",
        "write one of these behind 'publish:': {known}",
    ),
    "bad-publish-target": error(
        "'{text}' cannot stand behind 'publish: {way}'",
        "write it like this: publish: {example}",
    ),
    "publish-elsewhere": note(
        "'host: {host}' makes files for another place than the one 'publish: {way}' leads to",
        "write one of these behind 'host:', or leave it out: {offer}",
    ),
    "answers-stay-here": error(
        "forms would send their answers to {url}: to the device of whoever fills them in, so none "
        "would reach you",
        "write behind 'collect' the address at which 'mati collect' runs for everybody, or name "
        "another form service, such as: send: formspree:KEY",
    ),
}
