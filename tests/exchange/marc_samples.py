"""Records in MARC, made up by the tests themselves."""

from collections.abc import Sequence

from pymarc import Field, Indicators, Leader, Record, Subfield

LEADER = "00000nam a2200000 i 4500"
DELETED = "00000dam a2200000 i 4500"
FIXED = "190212s2019    ja ||||g |||| ||||||jpn  "


def field(tag: str, *pairs: str, indicators: str = "  ") -> Field:
    """Return a field: ``field("245", "a 銀河鉄道の夜")``."""
    return Field(
        tag=tag,
        indicators=Indicators(*indicators),
        subfields=[Subfield(code=pair[0], value=pair[2:]) for pair in pairs],
    )


def control(tag: str, data: str) -> Field:
    """Return a control field."""
    return Field(tag=tag, data=data)


def record(*fields: Field, number: str = "1", leader: str = LEADER) -> Record:
    """Return a record with a number and these fields."""
    found = Record()
    found.leader = Leader(leader)
    found.add_field(control("001", number), *fields)
    return found


def ginga() -> Record:
    """銀河鉄道の夜 as JAPAN/MARC has a book: readings in 880, kana before romaji or behind."""
    return record(
        control("003", "JTNDL"),
        control("008", FIXED),
        field("015", "a 23173255", "2 jnb"),
        field("020", "a 4-10-109205-2 :", "c 1000円"),
        field("084", "a KH635", "2 kktb"),
        field("084", "a 913.6", "2 njb/10"),
        field("245", "6 880-01", "a 銀河鉄道の夜 :", "b 童話.", "n 上巻 /", "c 宮沢賢治 著."),
        field("260", "6 880-02", "a 東京 :", "b 新潮社,", "c 2019.2."),
        field("300", "a 301p ;", "c 19cm."),
        field("490", "6 880-03", "a 新潮文庫 ;", "v み-2-5"),
        field("500", "a 底本: 全集<br>第3版."),
        field("650", "6 880-04", "a 童話", "z 日本", "0 001194148", "2 ndlsh"),
        field("700", "6 880-05", "a 宮沢, 賢治,", "d 1896-1933", "0 00123"),
        field("880", "6 245-01/(B", "a Ginga tetsudo no yoru :", "b Dowa.", "n Jokan."),
        field("880", "6 245-01/$1", "a ギンガ テツドウ ノ ヨル :", "b ドウワ.", "n ジョウカン."),
        field("880", "6 260-02/$1", "b シンチョウシャ."),
        field("880", "6 490-03/$1", "a シンチョウ ブンコ ;", "v ミ-2-5"),
        field("880", "6 650-04/$1", "a ドウワ", "z ニホン"),
        field("880", "6 700-05/$1", "a ミヤザワ, ケンジ,", "d 1896-1933"),
        field("880", "6 700-05/(B", "a Miyazawa, Kenji,", "d 1896-1933"),
        number="029455884",
    )


def iso2709(*records: Record) -> bytes:
    """Return records one after another, as they are exchanged."""
    return b"".join(one.as_marc() for one in records)


def titled(title: str, *, number: str = "1") -> Record:
    """Return a record that has a title and no more."""
    return record(field("245", f"a {title}"), number=number)


def deleted(*, number: str = "1") -> Record:
    """Return what a system exports of a record that it has deleted."""
    return record(number=number, leader=DELETED)


def many(titles: Sequence[str]) -> list[Record]:
    """Return one record for each title, numbered from one."""
    return [titled(title, number=str(number)) for number, title in enumerate(titles, start=1)]
