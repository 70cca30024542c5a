"""Another folder on this computer: one a web server shows, or one that a program carries on."""

from __future__ import annotations

from mati.errands import Errands, Look, Plan, Put, Remove, Work, difference, look

__all__ = ["way"]

_LONGEST = 500


class _Folder:
    name = "folder"
    example = "../public"
    hosts: tuple[str, ...] = ()
    whole = False

    def accepts(self, to: str) -> bool:
        """Accept a path; whether one may publish there is seen when it is done."""
        return bool(to) and len(to) <= _LONGEST and to.isprintable() and not to.startswith("~")

    def compare(self, work: Work) -> Errands[Plan]:
        """Compare byte by byte with what stands there."""
        wanted = tuple(sorted({*work.files, *work.known}))
        found = yield from look(Look(folder=work.to, paths=wanted))
        # What was on its way when a publish was killed goes again, whatever stands there.
        there = {path: found[path] if work.known.get(path, "-") else "" for path in found}
        return difference(work, there, [path for path in work.known if path in there])

    def publish(self, work: Work, plan: Plan) -> Errands[tuple[str, ...]]:
        """Copy what is new, pages last, then remove what is gone."""
        for path in plan.sent:
            yield Put(folder=work.to, path=path)
        for path in plan.removed:
            yield Remove(folder=work.to, path=path)
        return ()


way = _Folder()
