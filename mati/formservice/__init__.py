"""HTTP posts in, replies out: the thin shell around ``accept`` and ``store``.

It reads nothing but ``collect.json`` and keeps nothing but the database. A connection carries
one request and lives at most the deadline, so that neither slow senders nor requests hidden
behind others get anywhere. Log lines hold method, survey, status, milliseconds and bytes;
addresses are known in memory only, as hashes under a key that changes every day.
"""

from mati.formservice.desk import CollectFile, Desk
from mati.formservice.handlers import application
from mati.formservice.running import hush_tornado, serve_collect
from mati.formservice.server import Bounds, CollectServer
from mati.formservice.telling import Teller

__all__ = [
    "Bounds",
    "CollectFile",
    "CollectServer",
    "Desk",
    "Teller",
    "application",
    "hush_tornado",
    "serve_collect",
]
