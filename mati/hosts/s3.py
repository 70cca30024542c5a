"""S3, with CloudFront before it: how each file is to be uploaded, and two functions.

Shapes as in Amazon's pages on website hosting, object metadata and CloudFront functions; nothing
here was tried with an account. An S3 address of its own shows no ``index.html`` for a folder; the
address of website hosting does, but without HTTPS. So the functions do what a server would.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable

from mati.hosts import FOREVER, FRESH, MADE, SECURITY, Hosted, Limit, patterns, spoken
from mati.model import Output

__all__ = ["TYPES", "Host", "host"]

TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "text/xml; charset=utf-8",
}
"""``Content-Type`` by the ending of a name; S3 shows what was said at upload, and nothing else."""
_UNKNOWN = "application/octet-stream"
_PACKED = ".gz"

_SCRIPT = """\
# MADE
# Sends the site to a bucket, in the folder of the project: BUCKET=name sh hosting/s3/upload.sh
set -eu
: "${BUCKET:?Name the bucket: BUCKET=name sh hosting/s3/upload.sh}"
put() {
  aws s3api put-object --bucket "$BUCKET" --body "$1" --key "$2" --content-type "$3" \\
    --cache-control "$4" ${5:+--content-encoding "$5"} >/dev/null
}
"""
_REQUEST = r"""// MADE
// A function of CloudFront for the event "viewer request", runtime cloudfront-js-2.0.
var BASE = ASK_BASE, OWN = ASK_OWN, ALONE = ASK_ALONE;

function named(map, tag) {
  return typeof map[tag] === "string" ? map[tag] : "";
}

function meant(tag) {
  if (named(ALONE, tag)) return named(ALONE, tag);
  while (tag && !named(OWN, tag)) tag = tag.split("-").slice(0, -1).join("-");
  return named(OWN, tag);
}

function chosen(accepted) {
  var best = "", most = 0;
  accepted.split(",").forEach(function (part) {
    var found = /^\s*([a-z0-9-]+)\s*(?:;\s*q\s*=\s*"?([01]?\.?[0-9]{0,3})"?\s*)?$/i.exec(part);
    if (!found) return;
    var weight = found[2] === undefined ? 1 : parseFloat(found[2]);
    var language = weight > most && weight <= 1 ? meant(found[1].toLowerCase()) : "";
    if (language) { best = language; most = weight; }
  });
  return best;
}

function asked(query) {
  var pairs = [];
  Object.keys(query || {}).forEach(function (name) {
    (query[name].multiValue || [query[name]]).forEach(function (one) {
      pairs.push(one.value === "" ? name : name + "=" + one.value);
    });
  });
  return pairs.length ? "?" + pairs.join("&") : "";
}

function led(status, words, path, query) {
  return {
    statusCode: status,
    statusDescription: words,
    headers: {
      location: { value: path + asked(query) },
      vary: { value: "Accept-Language" },
      "cache-control": { value: "FRESH" },
    },
  };
}

function handler(event) {
  var request = event.request, uri = request.uri;
  if (uri === BASE) {
    var header = request.headers["accept-language"];
    var language = chosen(header ? header.value : "");
    if (language) return led(302, "Found", BASE + language + "/", request.querystring);
  }
  var last = uri.split("/").pop();
  if (last === "") request.uri = uri + "index.html";
  else if (last.indexOf(".") < 0)
    return led(301, "Moved Permanently", uri.replace(/^[/\\]*/, "/") + "/", request.querystring);
  return request;
}
"""
_RESPONSE = r"""// MADE
// A function of CloudFront for the event "viewer response", runtime cloudfront-js-2.0.
var ALWAYS = ASK_ALWAYS, POLICIES = ASK_POLICIES, FIRST = ASK_FIRST;

function handler(event) {
  var headers = event.response.headers, uri = event.request.uri;
  Object.keys(ALWAYS).forEach(function (name) { headers[name] = { value: ALWAYS[name] }; });
  POLICIES.forEach(function (one) {
    if (new RegExp(one[0]).test(uri)) headers["content-security-policy"] = { value: one[1] };
  });
  if (FIRST && new RegExp(FIRST).test(uri)) headers.vary = { value: "Accept-Language" };
  return event.response;
}
"""


class Host:
    """``host: s3``."""

    name = "s3"
    title = "Amazon S3"
    status = "documented"
    sources = (
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html",
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html",
    )
    limits = frozenset({Limit.FOLDERS})
    packed = True

    def files(self, site: Hosted) -> tuple[Output, ...]:
        """Return the list for the upload, as data and as a script, and settings and functions."""
        made = {
            "upload.json": _json(_uploads(site)),
            "upload.sh": _script(_uploads(site)),
            "website.json": _json(_website(site)),
            "viewer-request.js": _request(site),
            "viewer-response.js": _response(site),
        }
        return tuple(
            Output(path=f"s3/{name}", content=text.encode("utf-8"), root="hosting")
            for name, text in made.items()
        )


def _json(found: object) -> str:
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _website(site: Hosted) -> dict[str, object]:
    """Return what ``aws s3api put-bucket-website`` wants to know."""
    missing = f"{site.base[1:]}404.html"
    return {"ErrorDocument": {"Key": missing}, "IndexDocument": {"Suffix": "index.html"}}


def _uploads(site: Hosted) -> list[dict[str, str]]:
    """Return where each file goes and how; of a packed pair the packed one stands for both.

    S3 cannot look at what a browser takes, and each one takes gzip.
    """
    packed = {path for path in site.files if path.endswith(_PACKED)}
    return [
        _upload(site, path, packed=f"{path}{_PACKED}" in packed)
        for path in sorted(set(site.files) - packed)
    ]


def _upload(site: Hosted, path: str, *, packed: bool) -> dict[str, str]:
    kept = FOREVER if path.startswith(site.hashed) else FRESH
    found = {
        "file": f"site/{path}{_PACKED if packed else ''}",
        "key": f"{site.base[1:]}{path}",
        "ContentType": TYPES.get(path.rpartition(".")[2], _UNKNOWN),
        "CacheControl": kept,
    }
    return {**found, "ContentEncoding": "gzip"} if packed else found


def _script(uploads: Iterable[dict[str, str]]) -> str:
    """Return the list as a script for the command line of Amazon."""
    order = ("file", "key", "ContentType", "CacheControl", "ContentEncoding")
    told = ([one[name] for name in order if name in one] for one in uploads)
    return _SCRIPT.replace("MADE", MADE) + "".join(f"put {shlex.join(words)}\n" for words in told)


def _filled(text: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        text = text.replace(f"ASK_{name}", json.dumps(value, ensure_ascii=True))
    return text.replace("MADE", MADE, 1).replace("FRESH", FRESH)


def _request(site: Hosted) -> str:
    own = {code.lower(): code for code in site.languages} if len(site.languages) > 1 else {}
    alone = {tag: code for tag, code in spoken(tuple(own.values())).items() if tag not in own}
    return _filled(_REQUEST, {"BASE": site.base, "OWN": own, "ALONE": alone})


def _response(site: Hosted) -> str:
    always = {name.lower(): value for name, value in SECURITY}
    policies = [(pattern, policy) for policy, pattern in patterns(site).items()]
    first = rf"^{re.escape(site.base)}(?:index\.html)?$" if len(site.languages) > 1 else ""
    return _filled(_RESPONSE, {"ALWAYS": always, "POLICIES": policies, "FIRST": first})


host = Host()
