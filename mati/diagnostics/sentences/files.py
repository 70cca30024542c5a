"""What can be wrong with services, pages, templates and files: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "no-collect-url": error(
        "'send: own' needs to know where your form service runs",
        "add to mati.yaml the lines 'collect:' and '  url: https://answers.example.org'",
    ),
    "bad-collect-url": error(
        "'{text}' cannot be the address of a form service",
        "write an address like https://answers.example.org",
    ),
    "unknown-service": error(
        "there is no form service called '{text}'",
        "write one of these after 'send:': {names}",
    ),
    "bad-service-key": error(
        "'{text}' cannot stand after 'send: {service}:'",
        "write it like this: send: {service}:{example}",
    ),
    "hosts-unknown": note(
        "where '{text}' leads people on to is not known, so the page's policy lets a post go"
        " anywhere",
        "if you know the hosts, name them behind the address: send: generic:{text}"
        " https://second.example",
    ),
    "name-lost-at-service": error(
        "the answer '{text}' cannot be told apart once '{service}' has it",
        "choose an id or code without '__' and without '_' at its end",
    ),
    "bad-file-name": error(
        "'{name}' cannot be the file name of a survey or a page",
        "rename it to '{better}': only a to z, digits and hyphens, the first a letter",
    ),
    "reserved-name": error(
        "neither a survey nor a page can be called '{name}'; this name is taken",
        "give the file another name, for example '{better}'",
    ),
    "not-a-file": error(
        "'{name}' is a folder or something else that is not a text file",
        "rename it, or move it out of 'content/'",
    ),
    "file-unreadable": error(
        "'{name}' cannot be read: {reason}",
        "check that the file is there and that you may read it",
    ),
    "file-too-large": error(
        "'{name}' is too large to be a text written by hand",
        "is it the right file? A text may have at most 4 million bytes",
    ),
    "file-changed": error(
        "'{name}' was changed by someone else in this moment; it was left as it is",
        "give the command again",
    ),
    "link-leads-outside": error(
        "'{name}' is a link that leads out of the project's folder",
        "put the file or folder itself there instead of a link",
    ),
    "text-in-folder": error(
        "'{name}' lies in a folder of its own, where nothing is looked for",
        "move it to '{better}'",
    ),
    "not-markdown": error(
        "'{name}' is not read: it is no file of plain text with the ending .md",
        "save it as plain text with the encoding UTF-8 and the name '{better}'",
    ),
    "no-project-file": error(
        "there is no 'mati.yaml', which says where answers go and what the shop is called",
        "rename '{offer}' to 'mati.yaml'",
        "write one beside 'content/', with a line 'name: Your shop' and, for the form service, "
        "the lines 'collect:' and '  url: https://answers.example.org'",
    ),
    "no-surveys": error(
        "there is no survey in 'content/'",
        "write one, for example 'content/visit.md'",
    ),
    "private-in-site": error(
        "'{name}': answers must not lie inside 'site/', where everyone can read them",
        "move 'private' out, so that it stands beside 'site' in the project's folder",
    ),
    "site-in-private": error(
        "'{name}': the site must not lie inside 'private/'",
        "move 'site' out, so that it stands beside 'private' in the project's folder",
    ),
    "output-refused": error(
        "the page '{path}' cannot be written: {reason}",
        "rename the survey or the language it is made from",
    ),
    "output-in-the-way": error(
        "'{path}' cannot be written, because something else stands there",
        "move it away; 'site/' holds only what Mati makes",
    ),
    "empty-file": error(
        "the file is empty",
        "write a title, such as: # How did we serve you?",
    ),
    "binary-file": error(
        "this is not plain text but a file of another program",
        "save it as plain text with the encoding UTF-8",
    ),
    "not-utf8": error(
        "the file is not in UTF-8; the first byte that does not fit is here",
        "open it in your editor and save it again with the encoding UTF-8",
    ),
    "other-encoding": error(
        "the file is saved in the encoding {encoding}",
        "save it again with the encoding UTF-8: your editor asks for it under 'Save as'",
    ),
    "western-encoding": error(
        "the file is not in UTF-8 but probably in Windows-1252; the first such letter is here",
        "save it again with the encoding UTF-8: your editor asks for it under 'Save as'",
    ),
    "merge-conflict": error(
        "two people changed the lines from here on, and git kept both: '{text}'",
        "keep one of the two, and delete the lines of '<<<<<<<', '=======' and '>>>>>>>'",
    ),
    "unseen-character": error(
        "the character {text}, which cannot be seen, stands among the signs here",
        "delete it with the backspace key, or type this place anew",
    ),
    "turning-character": warning(
        "the character {text}, which cannot be seen, turns or breaks this line",
        "delete it: what people read would not be what stands in the file",
    ),
    "odd-blank": warning(
        "the blank {text} here is another one than that of the space bar",
        "type a plain blank in its place; Git hosts do not take this one for a blank",
    ),
    "forbidden-character": error(
        "the character {text} must not stand in a text file",
        "remove it; it is not visible in most editors",
    ),
    "template-broken": error(
        "the template '{path}' does not work: {problem}",
        "mend that line, or delete the file to use Mati's own template",
    ),
    "form-heavy": warning(
        "the form weighs {size} kB in '{language}', and what arrives at once is {most} kB",
        "shorten its texts, ask less, or make two surveys of it",
    ),
    "no-site-url": note(
        "the site's address is not known, so pages say nothing of it to search and share pages",
        "write it in mati.yaml, such as: url: https://example.com",
    ),
    "template-tests-words": error(
        "the template '{path}' asks something of words that are not known yet: {problem}",
        "a template of a question is filled once for all languages, so words can only be "
        "printed there; write {{{{ words }}}}, or {{{{ words.text }}}} inside an attribute",
    ),
}
