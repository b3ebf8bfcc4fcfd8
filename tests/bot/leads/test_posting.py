"""How a mail leaves the house."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import ssl
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from bot.errors import DeliveryError, DeliveryRefusedError
from bot.leads import posting
from bot.leads.mail import compose
from bot.leads.posting import MailServer as OurSide
from bot.leads.posting import Outbox, post
from bot.settings import Settings, SmtpSecurity
from tests.bot.leads.mailserver import PASSWORD, MailServer, serving
from tests.bot.leads.making import REFERENCE, lead


def settings_for(server: MailServer, **more: object) -> Settings:
    """Settings that send there."""
    base = Settings(
        _env_file=None,
        lead_email_to=("desk@agency.example", "boss@agency.example"),
        lead_email_from="bot@agency.example",
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_security=SmtpSecurity.NONE,
    )
    return base.model_copy(update=more)


async def _send(settings: Settings) -> str | None:
    return await post(settings).send(compose(lead(), "key", settings), REFERENCE)


async def test_a_mail_arrives_at_every_address() -> None:
    async with serving(MailServer()) as server:
        assert await _send(settings_for(server)) is None
    assert server.taken[0]["Subject"] == f"New inquiry {REFERENCE}"
    assert server.envelopes[0].rcpt_tos == ["desk@agency.example", "boss@agency.example"]
    assert server.envelopes[0].mail_from == "bot@agency.example"


@pytest.mark.parametrize(
    ("answer", "is_final", "told"),
    [
        ("451 4.3.0 come again, desk@agency.example", False, "SMTPDataError: 451 4.3.0"),
        ("554 5.7.1 spam: Yangtze", True, "SMTPDataError: 554 5.7.1"),
        ("552 too big", True, "SMTPDataError: 552"),
    ],
)
async def test_a_mail_that_is_refused(answer: str, is_final: bool, told: str) -> None:
    async with serving(MailServer([answer])) as server:
        with pytest.raises(DeliveryError) as caught:
            await _send(settings_for(server))
    assert isinstance(caught.value, DeliveryRefusedError) == is_final
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("answers", "is_final"),
    [(["550 none", "550 none"], True), (["550 none", "450 full"], False)],
)
async def test_when_every_address_is_refused(answers: list[str], is_final: bool) -> None:
    server = MailServer()
    server.refused_addresses = dict(
        zip(("desk@agency.example", "boss@agency.example"), answers, strict=True)
    )
    async with serving(server):
        with pytest.raises(DeliveryError, match="every address refused: ") as caught:
            await _send(settings_for(server))
    assert isinstance(caught.value, DeliveryRefusedError) == is_final
    assert "agency" not in str(caught.value)


async def test_when_one_address_of_two_is_refused_it_is_remarked() -> None:
    server = MailServer(refused_addresses={"boss@agency.example": "550 none"})
    async with serving(server):
        assert await _send(settings_for(server)) == "1 of 2 addresses refused: 550"
    assert len(server.taken) == 1


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    async with serving(MailServer()) as server:
        pass
    with pytest.raises(DeliveryError, match="SMTPConnectError") as caught:
        await _send(settings_for(server))
    assert not isinstance(caught.value, DeliveryRefusedError)


async def test_a_server_that_does_not_answer_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posting, "TIMEOUT", 0.2)
    async with serving(MailServer(silent=True)) as server:
        with pytest.raises(DeliveryError, match="Timeout"):
            await _send(settings_for(server))


async def test_a_server_without_tls_gets_nothing_if_tls_is_wanted() -> None:
    async with serving(MailServer()) as server:
        with pytest.raises(DeliveryError) as caught:
            await _send(settings_for(server, smtp_security=SmtpSecurity.STARTTLS))
    assert not isinstance(caught.value, DeliveryRefusedError)
    assert server.tried == 0


async def test_no_more_than_four_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "TIMEOUT", 1)
    server = MailServer(silent=True)
    async with serving(server):
        settings = settings_for(server)
        way_out = OurSide(settings)
        mail = compose(lead(), "key", settings)
        sending = [asyncio.ensure_future(way_out.send(mail, str(n))) for n in range(6)]
        await asyncio.sleep(0.3)
        assert server.tried == posting.AT_ONCE
        for each in sending:
            each.cancel()
        await asyncio.wait(sending)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1, and its key."""
    return make_certificate(tmp_path_factory.mktemp("tls"))


class TestProtected:
    """With TLS, to a server whose certificate is ours."""

    @pytest.fixture
    def context(self, certificate: tuple[Path, Path]) -> ssl.SSLContext:
        """The server's side."""
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        made.load_cert_chain(*certificate)
        return made

    @pytest.fixture(autouse=True)
    def _trusted(self, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    @pytest.mark.parametrize("security", [SmtpSecurity.TLS, SmtpSecurity.STARTTLS])
    async def test_a_mail_arrives(self, context: ssl.SSLContext, security: SmtpSecurity) -> None:
        implicit = security is SmtpSecurity.TLS
        async with serving(MailServer(), context=context, implicit=implicit) as server:
            await _send(settings_for(server, smtp_security=security))
        assert len(server.taken) == 1

    async def test_a_stranger_gets_nothing(
        self, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        async with serving(MailServer(), context=context, implicit=True) as server:
            with pytest.raises(DeliveryError, match="Connect"):
                await _send(settings_for(server, smtp_security=SmtpSecurity.TLS))
        assert server.tried == 0

    @pytest.mark.parametrize("password", [PASSWORD, "wrong"])
    async def test_signing_in(self, context: ssl.SSLContext, password: str) -> None:
        async with serving(MailServer(), context=context, password=True) as server:
            settings = settings_for(
                server,
                smtp_security=SmtpSecurity.STARTTLS,
                smtp_username="bot",
                smtp_password=SecretStr(password),
            )
            if password == PASSWORD:
                await _send(settings)
            else:
                # The operator can mend it, so it is not given up.
                with pytest.raises(DeliveryError, match="SMTPAuthenticationError: 535") as caught:
                    await _send(settings)
                assert not isinstance(caught.value, DeliveryRefusedError)
        assert len(server.taken) == (password == PASSWORD)


class TestOutbox:
    """Without a mail server."""

    async def test_a_file_arrives_once_however_often(self, tmp_path: Path) -> None:
        settings = Settings(_env_file=None, data_dir=tmp_path)
        assert isinstance(post(settings), Outbox)
        for _ in range(3):
            assert await _send(settings) is None
        (file,) = (tmp_path / "outbox").iterdir()
        assert file.name == f"{REFERENCE}.eml"
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.read_bytes() == compose(lead(), "key", settings).as_bytes()

    async def test_what_a_crash_left_half_written_is_written_over(self, tmp_path: Path) -> None:
        settings = Settings(_env_file=None, data_dir=tmp_path)
        await _send(settings)
        (tmp_path / "outbox" / f"{REFERENCE}.eml").write_bytes(b"half")
        await _send(settings)
        whole = (tmp_path / "outbox" / f"{REFERENCE}.eml").read_bytes()
        assert whole.startswith(b"Subject: ")

    async def test_a_file_that_cannot_be_written_is_tried_again(self, tmp_path: Path) -> None:
        (tmp_path / "outbox" / f".{REFERENCE}.eml.{os.getpid()}").mkdir(parents=True)
        with pytest.raises(DeliveryError, match="Is a directory"):
            await _send(Settings(_env_file=None, data_dir=tmp_path))

    async def test_a_folder_that_cannot_be_written_is_tried_again(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        settings = Settings(_env_file=None, data_dir=tmp_path, outbox_dir=tmp_path / "file" / "x")
        with pytest.raises(DeliveryError, match="outbox"):
            await _send(settings)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private
