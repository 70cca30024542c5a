"""Arguments in, exit status out: ``python -m mati`` is the command ``mati``."""

from mati.cli import main

if __name__ == "__main__":
    main()
