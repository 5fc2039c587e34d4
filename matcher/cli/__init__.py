"""What can be done from a terminal?"""

from matcher.cli.main import main

__all__ = ["main"]
