import stat

import pytest

from portal_app.settings import FOR_TESTS, PREFIX, PROJECT, Settings, UnusableSettings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in documented():
        monkeypatch.delenv(name, raising=False)


def test_every_setting_is_described_and_nothing_else_is():
    settings = {PREFIX + name.upper() for name in Settings.model_fields}

    assert set(documented()) == settings | FOR_TESTS


def test_without_settings_the_portal_serves_on_this_machine_alone():
    settings = Settings.read()

    assert settings.host == "127.0.0.1"
    assert settings.origin == "http://localhost:8300"
    assert settings.database_url == f"sqlite:///{PROJECT}/.portal/kagoshima.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_PORT", "eighty"),
        ("PORTAL_PORT", "0"),
        ("PORTAL_ORIGIN", "library.example"),
        ("PORTAL_ORIGIN", "https://library.example/portal"),
        ("PORTAL_DEMONSTRATION", "perhaps"),
        ("PORTAL_TERMINALS", "192.168.10.0/24, reading room"),
        ("PORTAL_TERMINALS", "192.168.10.7/24"),
        ("PORTAL_LIBARY", "koganei"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(UnusableSettings, match=name) as refusal:
        Settings.read()

    assert "\n" not in str(refusal.value)


def test_a_file_beside_the_reader_stays_the_same_file_elsewhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTAL_DATABASE_URL", "sqlite:///ours.db")
    monkeypatch.setenv("PORTAL_LIBRARY", "./ours.toml")

    environment = Settings.read().environment()

    assert environment["PORTAL_DATABASE_URL"] == f"sqlite:///{tmp_path}/ours.db"
    assert environment["PORTAL_LIBRARY"] == f"{tmp_path}/ours.toml"


def test_terminals_are_networks_with_commas_between(monkeypatch):
    monkeypatch.setenv("PORTAL_TERMINALS", " 192.168.10.0/24,2001:db8::/48, 10.0.0.7 ")

    settings = Settings.read()

    networks = ["192.168.10.0/24", "2001:db8::/48", "10.0.0.7/32"]
    assert [str(network) for network in settings.terminals] == networks
    assert settings.environment()["PORTAL_TERMINALS"] == ",".join(networks)


def test_a_network_that_is_none_is_quoted_and_shown_how_to_write(monkeypatch):
    monkeypatch.setenv("PORTAL_TERMINALS", "192.168.10.7/24")

    with pytest.raises(UnusableSettings, match=r"192\.168\.10\.7/24 .* like 192\.168\.10\.0/24"):
        Settings.read()


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path):
    settings = Settings(folder=tmp_path)

    key = settings.secret_key()

    assert len(key) >= 32
    assert settings.secret_key() == key
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_key_that_is_given_is_used(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_KEY", "correct horse battery staple")

    assert Settings(folder=tmp_path).secret_key() == b"correct horse battery staple"
    assert not list(tmp_path.iterdir())


def documented() -> list[str]:
    lines = (PROJECT / "docs" / "settings.md").read_text("utf-8").splitlines()
    return [line.removeprefix("### ").strip("`") for line in lines if line.startswith("### ")]
