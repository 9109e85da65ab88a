from e2e.pages.sign_in import SignInPage


def test_hanako_signs_in(signed_in, portal):
    browser = signed_in("Hanako")

    assert portal.cast["Hanako"].name in browser.get_by_role("region").first.inner_text()


def test_a_wrong_password_is_refused(visitor, portal, lang):
    page = SignInPage(visitor, lang).open()

    page.fill_in(card_number=portal.cast["Hanako"].card_number, password="not-her-password")

    page.should_say("sign_in.problem.wrong")
