"""Pages to be passed on in; what stands where their links are posted, out."""

from mati.share.kit import CHANNELS, kit

__all__ = ["CHANNELS", "kit"]
