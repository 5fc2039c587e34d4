"""What does `python -m matcher` do? The same as the command `matcher`."""

from matcher.cli import main

main()
