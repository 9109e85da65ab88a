from portal_app.jobs.work import WORK


def test_every_piece_of_work_has_a_name_of_its_own():
    names = [work.name for work in WORK]

    assert sorted(set(names)) == sorted(names)
    assert all(len(name) <= 40 for name in names)
