from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.limits import Tally, reached, tally
from portal_app.domain.policies import Limits

BOOK, CD = MaterialClass.BOOK, MaterialClass.CD


def test_g21_a_class_with_a_limit_of_its_own_is_counted_beside_all():
    limits = Limits(total=9999, by_class={CD: 5})

    assert tally([BOOK, BOOK, CD], limits) == (
        Tally(kind="all", used=3, limit=9999),
        Tally(kind="cd", used=1, limit=5),
    )


def test_no_limit_always_leaves_room():
    assert not reached(None, 1_000_000)
    assert reached(5, 5)
    assert not reached(5, 4)
