"""What a build shows beside what is published."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

State = Literal["", "draft", "future", "expired"]
"""What keeps a briefing from being published; nothing, when it is."""


@dataclass(frozen=True, slots=True)
class Show:
    """The one rule of visibility, at the one reading of the clock, with what a command shows beside what is published."""

    now: dt.datetime
    drafts: bool = False
    future: bool = False

    def hides(self, state: State) -> bool:
        """Whether something in that state is shown nowhere."""
        return state == "expired" or (state == "draft" and not self.drafts) or (state == "future" and not self.future)
