"""A built site and a target in, the site where people see it out: the errands of a way, done.

One publish of a project runs at a time. It works on copies of the files, taken while no build
writes, each compared with what the build says of it; what was brought where is remembered.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, assert_never

from mati.errands import (
    Bring,
    Call,
    Errand,
    Errands,
    Keep,
    Look,
    Plan,
    Put,
    Refusal,
    Remove,
    Run,
    Wait,
    Why,
    Work,
    is_lasting,
)
from mati.model import Publish
from mati.uploading import memory, places
from mati.uploading.calling import Caller
from mati.uploading.running import scrubbed, start
from mati.uploading.snapshot import FOLDER, alone, take
from mati.uploads import Way, ways

__all__ = ["Job", "begun"]

Found = TypeVar("Found")


@dataclass(slots=True, kw_only=True)
class Job:
    """One publish: what there is to bring, where to, and what was there the last time."""

    root: Path
    way: Way
    work: Work
    place: memory.Place
    tick: Callable[[], None] = lambda: None
    """Called for every file that has gone its way."""
    caller: Caller = field(default_factory=Caller)
    sleep: Callable[[float], None] = time.sleep

    def compare(self) -> Plan:
        """Find out what publishing would do; ``Refusal`` when the place cannot be asked."""
        plan = self._drive(self.way.compare(self.work))
        return replace(plan, where=scrubbed(plan.where))

    def publish(self, plan: Plan) -> tuple[str, ...]:
        """Do it; return addresses the way knows. ``Refusal`` when it cannot be done."""
        stay = {p: d for p, d in self.work.known.items() if is_lasting(p) or p in plan.removed}
        files = self.work.files
        sums = {path: file.digest for path, file in files.items() if path not in plan.spared}
        sums |= {path: "" for path in plan.spared if path in plan.stays}  # others' stand there
        sent = set(plan.sent)
        half = {path: "" if path in sent else found for path, found in sums.items()}
        # Written before: after a kill nobody forgets what may lie there, nor trusts it.
        self.place.write({**stay, **half}, self.work.next_mark)
        addresses = self._drive(self.way.publish(self.work, plan))
        gone = set(plan.removed)
        kept = {path: found for path, found in stay.items() if path not in gone}
        self.place.write({**kept, **sums}, self.work.next_mark)
        return addresses

    def _drive(self, errands: Errands[Found]) -> Found:
        try:
            errand = next(errands)
            while True:
                errand = errands.send(self._do(errand))
        except StopIteration as end:
            found: Found = end.value
            return found
        except Refusal as refusal:
            raise Refusal(refusal.why, scrubbed(refusal.detail)) from None
        finally:
            errands.close()

    def _do(self, errand: Errand) -> object:
        """Touch the world once."""
        folder = self.root / FOLDER
        found: object = None
        match errand:
            case Run():
                found = start(errand, self.root, folder, self.tick, person=self.work.person)
            case Call():
                if errand.file:
                    self.tick()
                found = self.caller.ask(errand, folder / "site")
            case Look():
                found = places.look(self.root, errand.folder, errand.paths)
            case Bring():
                found = self.place.bring(folder / "site", errand.paths)
            case Wait():
                self.sleep(errand.seconds)
            case Put():
                self.tick()
                places.put(self.root, errand.folder, errand.path, folder / "site")
            case Remove():
                places.remove(self.root, errand.folder, errand.path)
            case Keep():
                self.place.keep(folder / "site", errand.paths)
            case _:
                assert_never(errand)
        return found


@contextlib.contextmanager
def begun(
    root: Path,
    publish: Publish,
    *,
    again: bool = False,
    withdraw: bool = False,
    person: bool = False,
    absent: tuple[str, ...] = (),
) -> Iterator[Job]:
    """Take the site as it was built and yield the job of bringing it to its place.

    ``again`` sends all of it as for the first time; ``withdraw`` takes down published reports
    that this build did not make; ``person``: somebody can type a password; ``absent``: surveys
    with public reports whose answers are not here. ``Refusal`` when that must not be.
    """
    way = ways.find(publish.way)
    if way is None:
        raise ValueError(publish.way)
    with alone(root):
        caller = Caller()
        try:
            files = take(root)
            if not files:
                raise Refusal(Why.NOT_AS_BUILT, "site/")
            place = memory.Place(root, f"{publish.way} {publish.to}")
            work = Work(
                to=publish.to,
                files=files,
                known=_known(place, again=again),
                mark=place.mark,
                next_mark=secrets.token_hex(12),
                withdraw=withdraw,
                person=person,
                absent=absent,
                scratch=str(root / FOLDER),
            )
            yield Job(root=root, way=way, work=work, place=place, caller=caller)
        finally:
            caller.hang_up()
            shutil.rmtree(root / FOLDER, ignore_errors=True)


def _known(place: memory.Place, *, again: bool) -> dict[str, str]:
    """Return what is remembered; with ``again`` only the names of what lies there."""
    return dict.fromkeys(place.files, "") if again else dict(place.files)
