"""The settings: what is taken, what is refused, and that every one is explained."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.errors import FolderNotWritableError, SettingsError
from bot.settings import PREFIX, LogFormat, Settings, SmtpSecurity, unknown_variables, variables

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"
KEY = base64.b64encode(bytes(range(32))).decode()
URL_SAFE_KEY = base64.urlsafe_b64encode(b"\xfb" * 32).decode()


Load = Callable[..., Settings]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """Settings from these variables and no file."""

    def from_environment(**values: str) -> Settings:
        for name, value in values.items():
            monkeypatch.setenv(PREFIX + name, value)
        return Settings.load(env_file=None)

    return from_environment


def test_nothing_set_is_enough(load: Load) -> None:
    settings = load()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.agency_name == "AAA IPRIGHT"
    assert settings.smtp_host is None
    assert settings.database == f"sqlite:///{Path('var/tidewaiter.db').absolute()}"
    assert settings.outbox == Path("var/outbox")
    assert settings.key_file == Path("var/key")
    assert not settings.secure_cookies


def test_an_empty_value_is_the_default(load: Load) -> None:
    assert load(PORT="", SMTP_HOST="").port == 8000


def test_the_environment_goes_before_the_file(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("TIDEWAITER_PORT=8001\nTIDEWAITER_HOST=0.0.0.0\nOTHER=1\n")
    monkeypatch.setenv("TIDEWAITER_PORT", "8002")
    settings = Settings.load(file)
    assert (settings.port, settings.host) == (8002, "0.0.0.0")


def test_a_missing_file_is_no_fault(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "none").port == 8000


MAIL = {"LEAD_EMAIL_TO": "a@agency.example", "LEAD_EMAIL_FROM": "bot@agency.example"}


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"PORT": "abc"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"PUBLIC_URL": "chat.example.com"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "ftp://chat.example.com"}, "PUBLIC_URL"),
        ({"DATABASE_URL": "mysql://root:hunter2@db/x"}, "DATABASE_URL"),
        ({"ENCRYPTION_KEY": "hunter2"}, "ENCRYPTION_KEY"),
        ({"ENCRYPTION_KEY": base64.b64encode(b"hunter2").decode()}, "ENCRYPTION_KEY"),
        ({"ENCRYPTION_KEY": " , "}, "ENCRYPTION_KEY"),
        ({"LEAD_EMAIL_TO": "nobody"}, "LEAD_EMAIL_TO"),
        ({"LEAD_EMAIL_TO": "a@b.example, c d@e"}, "LEAD_EMAIL_TO"),
        ({"LEAD_EMAIL_FROM": "a@b\nBcc: c@d"}, "LEAD_EMAIL_FROM"),
        ({"LEAD_EMAIL_FROM": "@"}, "LEAD_EMAIL_FROM"),
        ({"LEAD_EMAIL_FROM": '""@b.example'}, "LEAD_EMAIL_FROM"),
        ({"LEAD_EMAIL_FROM": "(comment)a@b.example"}, "LEAD_EMAIL_FROM"),
        ({"LEAD_EMAIL_LANGUAGE": "fr"}, "LEAD_EMAIL_LANGUAGE"),
        ({"SMTP_HOST": "mail.example"}, "LEAD_EMAIL_TO"),
        ({"SMTP_HOST": "mail.example", "LEAD_EMAIL_TO": "a@b.example"}, "LEAD_EMAIL_FROM"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        (
            {"SMTP_HOST": "m", **MAIL, "SMTP_SECURITY": "none", "SMTP_PASSWORD": "hunter2"},
            "SMTP_SECURITY",
        ),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"EXECUTOR_SLOT": "64"}, "EXECUTOR_SLOT"),
        ({"AGENCY_NAME": "x" * 101}, "AGENCY_NAME"),
        ({"REVIEW_DAYS": "900000"}, "REVIEW_DAYS"),
        ({"FINISHED_WORK_DAYS": "900000"}, "FINISHED_WORK_DAYS"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable(
    load: Load, values: dict[str, str], name: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(**values)
    text = str(caught.value)
    assert text.startswith(f"{PREFIX}{name}: ")
    assert "\n" not in text
    assert "hunter2" not in text
    assert caught.value.user_text == text
    assert caught.value.__cause__ is None


def test_a_slip_in_our_file_is_refused_with_the_likely_name(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TIDEWAITER_SMPT_HOST=mail.example\n")
    with pytest.raises(SettingsError, match=r"SMPT_HOST: no such setting; is TIDEWAITER_SMTP_HOST"):
        Settings.load(file)


def test_a_slip_like_nothing_is_refused_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TIDEWAITER_Q=1\n")
    with pytest.raises(SettingsError, match=r"TIDEWAITER_Q: no such setting$"):
        Settings.load(file)


def test_kubernetes_own_variables_are_told_and_not_refused(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDEWAITER_SERVICE_HOST", "10.0.0.1")
    load()
    assert unknown_variables() == ("TIDEWAITER_SERVICE_HOST",)


def test_secrets_are_not_shown(load: Load) -> None:
    settings = load(
        ENCRYPTION_KEY=KEY,
        SMTP_PASSWORD="hunter2",
        DATABASE_URL="postgresql://u:hunter2@h/d",
        TELEGRAM_DESK_TOKEN="hunter2",
    )
    assert "hunter2" not in repr(settings)
    assert KEY not in repr(settings)


def test_every_secret_is_kept_as_one() -> None:
    secret = re.compile("PASSWORD|TOKEN|KEY|DATABASE_URL")
    for name in variables():
        field = Settings.model_fields[name.removeprefix(PREFIX).lower()]
        assert ("SecretStr" in str(field.annotation)) == bool(secret.search(name)), name


def test_several_keys_and_addresses_by_commas(load: Load) -> None:
    settings = load(ENCRYPTION_KEY=f"{URL_SAFE_KEY}, {KEY}", LEAD_EMAIL_TO="a@b.example ,c@d.local")
    assert settings.lead_email_to == ("a@b.example", "c@d.local")


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_kind_of_mail_server_has_its_usual_port(load: Load, security: str, port: int) -> None:
    settings = load(SMTP_HOST="mail.example", SMTP_SECURITY=security, **MAIL)
    assert settings.smtp_security is SmtpSecurity(security)
    assert settings.smtp_port_or_usual == port
    assert load(SMTP_PORT="2525").smtp_port_or_usual == 2525


def test_what_follows_from_other_settings(load: Load, tmp_path: Path) -> None:
    settings = load(
        PUBLIC_URL="https://chat.example.com/",
        DATA_DIR=str(tmp_path),
        OUTBOX_DIR=str(tmp_path / "out"),
        DATABASE_URL="postgres://h/d",
        LOG_FORMAT="json",
        **MAIL,
    )
    assert settings.public_url == "https://chat.example.com"
    assert settings.secure_cookies
    assert settings.database == "postgres://h/d"
    assert settings.outbox == tmp_path / "out"
    assert settings.mail_domain == "agency.example"
    assert settings.log_format is LogFormat.JSON
    assert load(PUBLIC_URL="http://localhost:8000").secure_cookies is False


def test_folders_are_made_for_us_alone(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "a" / "b")
    settings.ensure_folders()
    assert (tmp_path / "a" / "b" / "outbox").is_dir()
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritableError, match="file"):
        Settings(_env_file=None, data_dir=tmp_path / "file" / "x").ensure_folders()


def test_a_folder_we_may_not_write_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(FolderNotWritableError, match="may not write"):
        Settings(_env_file=None, data_dir=tmp_path).ensure_folders()


def test_every_setting_is_explained_in_code() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def test_the_example_has_every_setting_in_order() -> None:
    assert tuple(dotenv_values(EXAMPLE)) == variables()


def test_the_example_is_the_defaults() -> None:
    from_example = Settings.load(EXAMPLE)
    assert from_example == Settings(_env_file=None)


def test_the_example_explains_every_setting_in_one_to_three_lines() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    assert len(blocks) == len(variables())
    for block in blocks:
        *comments, setting = block.split("\n")
        assert setting.startswith(PREFIX)
        assert 1 <= len(comments) <= 3
        assert all(line.startswith("# ") and len(line) <= 100 for line in comments)
