"""Words of Khmer and Lao in, the one spelling of each that looks the same out.

Both scripts let people type what looks alike with other letters, or with the same letters in
another order; Unicode's own normal forms (NFC, NFKC) keep most of them apart. Programs then
count one employee as two people, and browsers break Lao lines inside words.

Sources: The Unicode Standard 16.0, 16.2 (Lao) and 16.4 (Khmer); Unicode L2/22-290, "Khmer
Encoding Structure", for the order of what hangs on a Khmer letter. Of other scripts only NFC is
wanted: letters with their accents on, as one character.
"""

from mati.wording.files import Change, changes, kept_words, usual
from mati.wording.keys import key, spellings
from mati.wording.letters import Slip, mended, normal, slips

__all__ = [
    "Change",
    "Slip",
    "changes",
    "kept_words",
    "key",
    "mended",
    "normal",
    "slips",
    "spellings",
    "usual",
]
