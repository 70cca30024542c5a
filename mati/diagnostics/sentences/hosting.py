"""What web hosts cannot do, and hosts that nobody knows: slug in, sentence out."""

from __future__ import annotations

from collections.abc import Mapping

from mati.diagnostics.sentence import Sentence, error, note, warning

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Sentence] = {
    "unknown-host": error(
        "there is no web host called '{text}'",
        "did you mean '{offer}'?",
        "hosts are: {known}; or leave 'host' out, and the plain pages are written",
    ),
    "host-path-odd": error(
        "'{path}', the path in 'url', cannot stand in the settings of a web host",
        "write it with letters of a to z, digits and hyphens, such as: url: https://…/shop",
    ),
    "host-file-kept": warning(
        "'{path}' was not made by Mati, so it stays, and what {host} needs there is not written",
        "to have it written, take your file away and build again",
    ),
    "host-without-paths": warning(
        "'url' ends in '{path}', but {host} shows a site at the top of an address only",
        "give 'url' an address without a path, or take another host",
    ),
    "host-without-headers": note(
        "{host} sends no headers of ours: nothing keeps other sites from showing yours in a frame",
        "nothing is left to do, each page brings the rest of its policy along",
    ),
    "host-without-languages": note(
        "{host} does not look at the languages of a browser: whoever opens the first page chooses",
        "share the address of a language where you can, such as: {address}",
    ),
    "host-not-for-shops": note(
        "the terms of {host} exclude online shops and other business",
        "for a business take another host, such as netlify or cloudflare",
    ),
    "host-without-folders": note(
        "{host} alone shows no page for the address of a folder, and website hosting has no HTTPS",
        "put CloudFront before it, with the functions in {folder}",
    ),
}
