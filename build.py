"""The command ``mati`` in one file: alone it builds the site, with arguments it is the command."""

from mati.cli import main

main()
