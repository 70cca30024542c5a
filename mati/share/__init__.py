"""Pages to be passed on in; what stands where their links are posted, out."""

from mati.share.kit import CHANNELS, kit
from mati.share.pages import Read, read_page
from mati.share.previews import Fault, faults

__all__ = ["CHANNELS", "Fault", "Read", "faults", "kit", "read_page"]
