import pytest

from portal_app.exchange.statements import Named, names_in, role_of


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("萩野正昭 著.", [("萩野正昭", "著")]),
        ("田島正広 監修・編集代表/編著.", [("田島正広", "監修・編集代表/編著")]),
        ("面谷信, 東海大学 [著].", [("面谷信", "著"), ("東海大学", "著")]),
        ("サワ 文 ; ビル・スレイヴィン 絵", [("サワ", "文"), ("ビル・スレイヴィン", "絵")]),
        ("primary inc., 著.", [("primary inc.", "著")]),
        ("夏目漱石著", [("夏目漱石", "著")]),
        ("山田太郎 [ほか] 編", [("山田太郎", "編")]),
        ("『CNN English Express』編集部 編集.", [("『CNN English Express』編集部", "編集")]),
        ("なかがわりえこ さく ; ゆりこ え", [("なかがわりえこ", "さく"), ("ゆりこ", "え")]),
        ("東京子ども図書館", [("東京子ども図書館", "")]),
        ("", []),
    ],
)  # fmt: skip
def test_names_and_roles_are_found(statement, expected):
    assert names_in(statement) == tuple(Named(name=name, role=role) for name, role in expected)


@pytest.mark.parametrize(
    ("heading", "statement", "role"),
    [
        ("Pemberton, Roger", "Charlie Parker ; arr. Roger Pemberton", "arr."),
        ("DeLange, Eddie", "James Van Heusen ; lyrics by Eddie DeLange", "lyrics"),
        ("Parker, Charlie", "Charlie Parker and Benny Harris", ""),
        ("Caribbean Jazz Project", "with the music of the Caribbean Jazz Project", "the music"),
        ("Nobody", "somebody else", ""),
    ],
)
def test_the_words_before_an_english_name_are_its_role(heading, statement, role):
    assert role_of(heading, statement) == role
