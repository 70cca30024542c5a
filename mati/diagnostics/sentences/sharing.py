"""What is wrong with how pages look where they are posted."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "share-tag": error(
        "the head of this page has no right '{name}': '{value}'",
        "mend it in your own templates/layout.html, or delete that file to use Mati's",
    ),
    "share-address": error(
        "this page names another address as its own ({name}): '{value}'",
        "see that 'url' in mati.yaml is where the site stands, and mend your own "
        "templates/layout.html where you have one",
    ),
    "share-picture": error(
        "the picture of this page is not what its head says ({name}): '{value}'",
        "build again; where you have a templates/layout.html of your own, take the lines with "
        "'og:image' from Mati's",
    ),
    "share-picture-small": warning(
        "the picture shown with the link is small: {value} pixels",
        "take one of 1200 by 630, at least 600 by 315: share: {{image: …}}",
    ),
    "share-picture-heavy": warning(
        "the picture shown with the link has {value} kB; some chats show none above 290",
        "make it smaller, or save it as JPEG",
    ),
    "share-long": warning(
        "where the link is posted only the beginning is shown of '{value}'",
        "say it in {most} signs or fewer: share: {{{key}: …}}",
    ),
    "share-not-fetched": error(
        "a robot that makes previews does not get this page",
        "see how large it is: behind the first million bytes nothing is read",
    ),
    "dead-link": error(
        "the link '{value}' leads nowhere",
        "mend it where it is written: in the survey, the page, or your own template",
    ),
}
