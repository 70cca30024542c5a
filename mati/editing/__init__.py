"""A survey's text in, what is to be changed in it out: each edit with its place.

Nothing but the gaps is touched: whatever a plan does not name stays as the author wrote it.
"""

from mati.editing.edits import Edit, apply
from mati.editing.planning import Plan, Released, plan

__all__ = ["Edit", "Plan", "Released", "apply", "plan"]
