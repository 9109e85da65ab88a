"""A password that is forgotten, and another one by mail (G-02, G-10, K-04)."""

from e2e.narrowing import only_at, only_on
from e2e.pages.new_password import ForgottenPasswordPage, NewPasswordPage
from e2e.pages.sign_in import SignInPage

AT_HOME = "hanako@example.jp"
CHOSEN = "tree frog 7 sings"


@only_at("kagoshima")
@only_on("phone")
def test_g02_hanako_chooses_another_password_by_the_mail_that_she_received(
    inbox, visitor, portal, lang
):
    hanako = portal.cast["Hanako"]

    sign_in = SignInPage(visitor, lang).open()
    forgotten = sign_in.follow("sign_in.without_password.birth_date", ForgottenPasswordPage)
    forgotten.ask(card_number=hanako.card_number)
    [link, *_] = inbox.wait_for(AT_HOME).links
    new_password = NewPasswordPage(visitor, lang).open_link(link)
    new_password.fill_in("short")
    new_password.should_say("password.problem.too_short")
    sign_in = new_password.choose(CHOSEN)
    sign_in.sign_in(card_number=hanako.card_number, password=CHOSEN)

    told = inbox.wait_for(AT_HOME, count=2)
    library = portal.library.name[lang]
    assert told.subject == sign_in.say("letters.password_changed.subject", library=library)
    assert CHOSEN not in told.text
    visitor.goto(link)
    ForgottenPasswordPage(visitor, lang).arrive().should_say(
        "forgotten_password.problem.leads_nowhere"
    )
