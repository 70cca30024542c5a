"""Template texts in, Jinja environments out; a broken template becomes a diagnostic.

Where a template stands on disk is the shell's business: it hands in ``load``, which knows the
project's overrides. For people a template is called ``templates/<name>``, the place where an
override of it would stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import CodeType, TracebackType

import jinja2
from jinja2.bccache import Bucket

from mati.diagnostics import Code, Notebook, Source, Span

__all__ = ["Templates", "WordsTestedError", "shown_path"]

Load = Callable[[str], str | None]
"""A template's name (``form.html``, ``questions/choice/form.html``) in, its text or None out."""


def shown_path(name: str) -> str:
    """Return the path by which people know the template ``name``."""
    return f"templates/{name}"


class WordsTestedError(TypeError):
    """Raised by a place for words that a template tries to test, measure or change."""


class _Memory(jinja2.BytecodeCache):
    """Keeps compiled templates, in memory only; a text that changed is another one."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


@cache
def _memory() -> _Memory:
    """Return what all runs of a process share: a preview builds at every save."""
    return _Memory()


class _Loader(jinja2.BaseLoader):
    """Reads templates through ``load`` and remembers which were asked for."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self.loaded: set[str] = set()

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        text = self._load(template)
        if text is None:
            raise jinja2.TemplateNotFound(template)
        self.loaded.add(template)
        return text, shown_path(template), lambda: True


class Templates:
    """All templates of a run: the project's own where there are any, else Mati's."""

    def __init__(self, load: Load) -> None:
        """Take ``load``, which returns a template's text by name, None when there is none."""
        self._load = cache(load)  # each page asks for the same few
        self._memory = _memory()

    def text(self, name: str) -> str:
        """Return the text of a template or style sheet as it stands, "" when there is none."""
        return self._load(name) or ""

    def environment(
        self, *, message: Callable[..., object], names: Mapping[str, object] | None = None
    ) -> jinja2.Environment:
        """Return an environment whose ``_("…", name=value)`` is ``message``.

        Autoescape is on, an undefined name is an error, ``names`` are known in every template.
        Compiled templates are shared by all environments of this object.
        """
        made = jinja2.Environment(
            loader=_Loader(self._load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=self._memory,
        )
        made.globals.update(names or {})
        made.globals["_"] = message
        return made

    def used(self, environment: jinja2.Environment) -> tuple[str, ...]:
        """Return the names of the templates that ``environment`` has loaded so far, sorted."""
        loader = environment.loader
        return tuple(sorted(loader.loaded)) if isinstance(loader, _Loader) else ()

    def render(
        self,
        environment: jinja2.Environment,
        name: str,
        context: Mapping[str, object],
        notes: Notebook,
    ) -> str | None:
        """Return the template ``name`` filled; None when it is broken, said in ``notes``.

        Whatever goes wrong inside a template is its author's to mend: the diagnostic names the
        template's file and line.
        """
        try:
            return environment.get_template(name).render(context)
        except Exception as error:  # noqa: BLE001 -- a template may raise anything
            path, line = _place(error, name)
            problem = str(error).strip() or type(error).__name__
            notes.open(Source(path, self.text(path.removeprefix(shown_path("")))))
            tested = isinstance(error, WordsTestedError)
            code = Code.TEMPLATE_TESTS_WORDS if tested else Code.TEMPLATE_BROKEN
            notes.note(code, Span(path, line), problem=problem, path=path)
            return None


def _place(error: Exception, name: str) -> tuple[str, int]:
    """Find the template file and line where ``error`` arose: the innermost template frame."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return shown_path(error.name or name), error.lineno
    found = shown_path(name), 1
    step: TracebackType | None = error.__traceback__
    while step is not None:
        path = step.tb_frame.f_code.co_filename
        if path.startswith(shown_path("")):
            found = path, step.tb_lineno
        step = step.tb_next
    return found
