"""One submission's headers and body in; accepted, or refused with a reason, out.

Everything the form service decides is decided here, without sockets, clock or disk: moments,
keyed addresses and what was stored before come in as arguments. The limits and replies are
those of "Reply of the embedded service": a refusal never costs the respondent the answers.
"""

from mati.accept.reasons import Headers, Limits, Reason, Refused
from mati.accept.replies import Reply, preflight, reply_kept, reply_refused, wants_json
from mati.accept.submission import Accepted, accept, check_head, preferred_language, read_pairs
from mati.accept.traffic import Traffic
from mati.accept.verdicts import Earlier, Outcome, verdict

__all__ = [
    "Accepted",
    "Earlier",
    "Headers",
    "Limits",
    "Outcome",
    "Reason",
    "Refused",
    "Reply",
    "Traffic",
    "accept",
    "check_head",
    "preferred_language",
    "preflight",
    "read_pairs",
    "reply_kept",
    "reply_refused",
    "verdict",
    "wants_json",
]
