"""Statements of responsibility: who did what, as the title page puts it (大山晶 訳)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal_app.exchange.wording import is_japanese, tidy, without_isbd

_GROUPS = re.compile(r"\s*[;；]\s*")
_NAMES = re.compile(r",\s+|[、，]\s*")
_AND_OTHERS = re.compile(
    r"\s*[\[［〔(（]?\s*(?:ほか|他)(?:[0-9一二三四五六七八九十]+名)?\s*[\]］〕)）]?\s*$"
)
_BRACKETS = "[]［］〔〕 "

# What people do to books, alone or joined: 監修・編集代表/編著, 日本語版監修, さく・え.
_DEED = (
    "著者代表|日本語版|編集代表|聞き手|インタビュー|イラスト|まんが|マンガ|漫画|ぶん|さく|やく|へん|しゃしん"
    "|責任|編集|編纂|編曲|編者|執筆|調査|企画|協力|構成|解説|解題|監修|監訳|監督|撮影|写真|脚本|脚色"
    "|演出|出演|演奏|指揮|作詞|作曲|作画|原作|原案|原著|翻訳|翻案|朗読|口述|聞書|校訂|校注|校註|訳注"
    "|訳註|訳者|著者|作者|絵|文|え|著|訳|編|作|画|写|述|撰|選|注|註|校|補|談|話|書|詩|曲|歌|共|原|新|抄|全|改訂|制作|製作|発行"
)
_ROLE = re.compile(rf"(?:(?:{_DEED})[・/／,、]?)+")
_ROLE_AT_END = re.compile(
    r"(?P<names>.+?)(?P<role>(?:共|監|原|抄|編)?(?:著|訳|編|絵|監修|編集|編著|校注|校訂|訳注|原作|撰))"
)

_BY = re.compile(r"(?:\s*\b(?:by|with|and|from|of|the))+\s*$", re.IGNORECASE)
_DEED_IN_ENGLISH = re.compile(r"[A-Za-z]?[a-z.]+(?: [a-z.]+){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name of the statement, with what its bearer did."""

    name: str
    role: str


def names_in(statement: str) -> tuple[Named, ...]:
    """Return the names of a Japanese statement in order; of another, none."""
    if not is_japanese(statement):
        return ()
    return tuple(
        named for group in _GROUPS.split(without_isbd(statement)) for named in _in_group(group)
    )


def role_of(heading: str, statement: str) -> str:
    """Return what a statement in Latin letters says that the bearer of a heading did.

    ``arr. Roger Pemberton`` says ``arr.`` of ``Pemberton, Roger``.
    """
    family, _, given = heading.partition(", ")
    spoken = f"{given} {family}".strip()
    for group in _GROUPS.split(tidy(statement)):
        before, found, _ = group.partition(spoken)
        if found:
            return _deed(before)
    return ""


def _in_group(group: str) -> Iterator[Named]:
    names, role = _parted(tidy(group).strip("."))
    for name in _NAMES.split(_AND_OTHERS.sub("", names)):
        if plain := _AND_OTHERS.sub("", name).strip(_BRACKETS).rstrip(","):
            yield Named(name=plain, role=role)


def _parted(group: str) -> tuple[str, str]:
    """Return the names and the role of a group: it follows a space, or nothing (夏目漱石著)."""
    names, _, last = group.rpartition(" ")
    role = last.strip(_BRACKETS)
    if names and _ROLE.fullmatch(role):
        return names, role
    plain = group.rstrip("]］〕")
    if found := _ROLE_AT_END.fullmatch(plain):
        return found["names"].strip(_BRACKETS), found["role"]
    return group, ""


def _deed(before: str) -> str:
    """Return the words before the first name of a group, when they are a deed and no name."""
    words = _BY.sub("", before).strip(" ,:").removeprefix("with ")
    return words if _DEED_IN_ENGLISH.fullmatch(words) else ""
