"""A Postfix of the tests' own: settings, queue and mailboxes in a folder, on a free port of this machine."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("postfix") or "/usr/sbin/postfix"
NOBODY = 65534
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
local_transport = error:nothing is local
alias_maps =
alias_database =
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{ late@example.org = 450 4.2.0 come back later }} }}
 permit_mynetworks reject
virtual_mailbox_domains = example.org morgen.example
virtual_mailbox_maps = inline:{{ {{ chantal@example.org = chantal/ }}, {{ late@example.org = late/ }},
 {{ retour@morgen.example = retour/ }} }}
virtual_alias_maps = inline:{{ {{ moved@example.org = gone@example.org }} }}
virtual_mailbox_base = {folder}/mailboxes
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
"""


@dataclass(frozen=True)
class Postfix:
    port: int
    certificate: Path
    mailboxes: Path
    log: Path

    def mails(self, mailbox: str) -> list[bytes]:
        """What lies in the mailbox."""
        return [path.read_bytes() for path in sorted((self.mailboxes / mailbox / "new").glob("*"))]


def lacking() -> str:
    """Why there is no Postfix here; empty when there is one."""
    if not Path(PROGRAM).exists():
        return "Postfix is not installed"
    return "" if os.getuid() == 0 else "Postfix only starts as root"


@contextmanager
def relay() -> Iterator[Postfix]:
    folder = Path(tempfile.mkdtemp(prefix="morgen-postfix-", dir="/tmp"))
    try:
        with _running(folder) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path) -> Iterator[Postfix]:
    folder.chmod(0o755)
    for name in ("etc", "queue", "data", "mailboxes"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    os.chown(folder / "mailboxes", NOBODY, NOBODY)
    port = _free_port()
    _certificate(folder)
    (folder / "etc/main.cf").write_text(MAIN.format(folder=folder, nobody=NOBODY))
    (folder / "etc/master.cf").write_text(MASTER.format(port=port))
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [PROGRAM, "-c", str(folder / "etc"), "start-fg"], stdout=output, stderr=output, start_new_session=True
        )
    try:
        _until_it_answers(process, port, folder)
        yield Postfix(port, folder / "cert.pem", folder / "mailboxes", folder / "log")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)  # its own group: master and what it started
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(folder: Path) -> None:
    command = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=relay.example "
        f"-addext subjectAltName=IP:127.0.0.1 -keyout {folder}/key.pem -out {folder}/cert.pem"
    )
    subprocess.run(command.split(), check=True, capture_output=True)


def _until_it_answers(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(200):
        told = "".join(path.read_text() for path in (folder / "output", folder / "log") if path.exists())
        assert process.poll() is None, told
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            assert line.recv(3) == b"220", told
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
    raise AssertionError("Postfix did not start")
