"""What the library writes to its patrons: how long it may be."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_SUBJECT = 100
LONGEST_BODY = 2_000


class Problem(StrEnum):
    """Why a message is not sent. Each value names its text: ``desk.message.problem.<value>``."""

    NO_SUBJECT = "no_subject"
    SUBJECT_TOO_LONG = "subject_too_long"
    NO_BODY = "no_body"
    BODY_TOO_LONG = "body_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as it is written, without the space around it."""

    subject: str
    body: str


def problem_with(letter: Letter) -> Problem | None:
    """Return why a message cannot be sent, or None if it can."""
    if not letter.subject:
        return Problem.NO_SUBJECT
    if len(letter.subject) > LONGEST_SUBJECT:
        return Problem.SUBJECT_TOO_LONG
    if not letter.body:
        return Problem.NO_BODY
    return Problem.BODY_TOO_LONG if len(letter.body) > LONGEST_BODY else None
