"""What is kept under ``private/``: answers that came home, contacts apart, what became of both."""

from mati.home.answers import Brought, bring, forget, load

__all__ = ["Brought", "bring", "forget", "load"]
