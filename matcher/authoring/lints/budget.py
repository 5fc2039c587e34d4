"""How much work is one scheme worth?

Looking for what can hold together may take very long on a rule with very many alternatives. Each
scheme has a number of steps, counted over all that is asked about it; once they are spent, nothing
more is said of the scheme, and a notice tells that the look was not finished.
"""

from __future__ import annotations

MAX_STEPS = 600_000
STEPS_AN_EXPRESSION = 10
"""What it costs to write an expression with the parameters of an edition."""


class TooLargeError(Exception):
    """Something is too large to be looked at to the end."""


class Budget:
    """The steps that one scheme has left."""

    def __init__(self, steps: float = MAX_STEPS) -> None:
        self._left = steps
        self.complete = True
        """Whether everything was looked at so far."""

    def spend(self, steps: int) -> None:
        """Count some steps. Raises `TooLargeError` once there are none left."""
        self._left -= steps
        if self._left < 0:
            self.end()

    def end(self) -> None:
        """Do nothing more for this scheme. Raises `TooLargeError`."""
        self._left = -1
        self.complete = False
        raise TooLargeError
