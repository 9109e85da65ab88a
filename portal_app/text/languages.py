"""The languages the portal speaks."""

from enum import StrEnum


class Lang(StrEnum):
    """A language the portal speaks. The values are BCP 47 tags."""

    JA = "ja"
    EN = "en"
    EASY = "ja-simple"
