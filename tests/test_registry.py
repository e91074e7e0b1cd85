"""The registry of authorities, and what an entry's settings do to a crawl."""

import datetime
import ipaddress
import ssl
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.errors import SourceError, UnknownAuthority
from minutebook.crawlers.registry import KNOWN, Registry, authority_from, entry_of, known
from minutebook.crawlers.report import CrawlReport
from minutebook.crawlers.run import crawl
from minutebook.fixtures.county import county
from minutebook.fixtures.server import CountyServer

OWN = {"code": "NMR", "name": "Northmere District Council", "base_url": "https://democracy.northmere.example/"}
JULY = {"since": datetime.date(2026, 6, 1), "until": datetime.date(2026, 7, 31)}


def _crawl(folder: Path, *entries: dict[str, Any], **options: Any) -> tuple[CrawlReport, list[dict[str, Any]]]:
    meetings: list[dict[str, Any]] = []
    return crawl(list(entries), Archive(folder), meetings.append, delay=0, **options), meetings


def test_every_entry_of_the_registry_is_sound() -> None:
    """Each entry is an authority with a nation and the folder of its system; no code and no name comes twice."""
    found = [authority_from(entry) for entry in known().values()]
    assert 345 <= len(found) == KNOWN.read_text("utf-8").count("[[authorities]]")
    assert len(found) == len({authority.name for authority in found})
    assert {"England", "Wales", "Scotland", "Northern Ireland"} == {authority.nation for authority in found}
    assert [] == [authority.code for authority in found if not authority.base_url.endswith("/")]
    assert [] == [a.code for a in found if a.succeeded_by and a.succeeded_by not in known()]


def test_authorities_that_share_an_install_divide_its_committees() -> None:
    """Every committee of a shared install is that of exactly one of its authorities that are visited."""
    sharing: dict[str, list[Any]] = {}
    for authority in Registry().everyone():
        sharing.setdefault(authority.base_url.split("://")[1], []).append(authority)
    shared = [authorities for authorities in sharing.values() if len(authorities) > 1]
    assert 5 == len(shared)
    for authorities in shared:
        words = [name for authority in authorities for name in (authority.name, authority.name.split(" District")[0])]
        for committee in (*words, " and ".join(words), "Joint Strategic Committee"):
            assert 1 == sum(authority.has(committee) for authority in authorities), committee


def test_an_authority_is_found_by_code_and_by_name() -> None:
    """In any case; and a name that is nearly right is told."""
    first, *_ = known().values()
    assert first["code"] == Registry().find(first["code"].lower()).code == Registry().find(first["name"].upper()).code
    with pytest.raises(UnknownAuthority, match=first["code"]):
        Registry().find(first["name"][:-2])


def test_a_user_adds_an_authority_with_one_entry() -> None:
    """It is found like any other, and ModernGov unless it says something else."""
    registry = Registry([OWN])
    assert ("moderngov", OWN["base_url"]) == (registry.find("nmr").system, registry.find(OWN["name"]).base_url)
    assert "NMR" in [authority.code for authority in registry.everyone()]


def test_an_entry_of_ones_own_says_only_what_differs() -> None:
    """A code that is known brings its entry along; the rest of the registry stays as it was."""
    first, *_ = known().values()
    mine = Registry([{"code": first["code"], "delay": 7}]).find(first["code"])
    assert (first["name"], first["base_url"], 7) == (mine.name, mine.base_url, mine.delay)
    assert 0 == Registry().find(first["code"]).delay


def test_a_retired_authority_is_not_visited() -> None:
    """It is left out of everyone, and asking for it tells why and who took over."""
    registry = Registry([OWN | {"retired": "merged in 2023", "succeeded_by": "STH"}])
    assert "NMR" not in [authority.code for authority in registry.everyone()]
    with pytest.raises(UnknownAuthority, match=r"merged in 2023; ask for STH"):
        registry.find("NMR")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": None}, "name"),
        ({"colour": "red"}, "colour"),
        ({"delay": -1}, "delay"),
        ({"system": "carrier pigeon"}, "'linklist'"),
        ({"base_url": "northmere.example"}, "https://"),
        ({"base_url": "file:///etc/"}, "https://"),
        ({"committees": "("}, "no pattern"),
    ],
)
def test_a_wrong_entry_is_explained(changes: dict[str, Any], words: str) -> None:
    """The error names the entry and what is wrong in it."""
    with pytest.raises(SourceError, match="NMR") as caught:
        Registry([OWN | changes])
    assert words in caught.value.message


def test_an_entry_can_be_written_and_read_again() -> None:
    """What is written of an authority holds what was given, and nothing that need not be said."""
    odd = OWN | {"name": 'The "Moot" of Môr\\mere', "delay": 2.5, "verify_tls": False, "system": "cmis"}
    assert {"authorities": [odd]} == tomllib.loads(entry_of(authority_from(odd)))


def test_committees_of_another_authority_are_left_out(tmp_path: Path) -> None:
    """Two authorities of one install have between them every meeting, none of them twice."""
    with CountyServer() as server:
        entry = {"name": "Northmere", "base_url": server.base_url}
        panel = entry | {"code": "PCP", "committees": "Police"}
        council = entry | {"code": "NMR", "committees": "^(?!.*Police)"}
        _, meetings = _crawl(tmp_path, panel, council)
    found = {(meeting["authority"], meeting["source_id"]) for meeting in meetings}
    police = {committee.id for committee in county().committees if "Police" in committee.name}
    assert {("PCP" if m.committee in police else "NMR", str(m.id)) for m in county().meetings} == found
    assert len(found) == len(meetings)


def test_a_site_may_want_a_longer_delay(tmp_path: Path) -> None:
    """The delay of an entry is kept between any two requests to its site."""
    with CountyServer() as server:
        _crawl(tmp_path, OWN | {"base_url": server.base_url, "delay": 0.3}, **JULY)
        times = [time for time, _, _ in server.requests]
    assert 5 < len(times)
    # Over three requests, since a busy machine may note one of them late
    assert 0.65 < min(last - first for first, last in zip(times, times[3:], strict=False))


@pytest.fixture
def server_of_its_own_certificate(tmp_path: Path) -> Any:
    """The county over TLS, under a certificate that nobody signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now.replace(year=now.year + 1))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    with CountyServer() as server:
        server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
        yield server


@pytest.mark.parametrize("verify_tls", [True, False])
def test_certificates_are_checked_unless_an_entry_says_no(
    server_of_its_own_certificate: CountyServer, tmp_path: Path, verify_tls: bool
) -> None:
    """A site with a certificate nobody signed is not read, unless its entry says `verify_tls = false`."""
    base_url = server_of_its_own_certificate.base_url.replace("http:", "https:")
    report, meetings = _crawl(tmp_path, OWN | {"base_url": base_url, "verify_tls": verify_tls}, **JULY)
    assert verify_tls == (not meetings) == bool(report.problems)


@pytest.mark.parametrize(
    ("settings", "names", "words"),
    [
        ("", ["Northmear District"], "There is no authority 'Northmear District'"),
        ("", [], "Say which authority"),
        ("[[authorities]]\ncode = 'NMR'\n", [], "has no name and has no base_url"),
    ],
)
def test_the_command_line_explains_a_wrong_authority(
    tmp_path: Path, settings: str, names: list[str], words: str
) -> None:
    """An authority that does not exist is a wrong usage; a wrong entry of the settings file is a failure."""
    (tmp_path / "minutebook.toml").write_text(settings)
    command = [sys.executable, "-m", "minutebook.pipeline", "crawl", *names]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (1 if settings else 2) == result.returncode
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr
