"""Old Word documents (.doc), turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from minutebook.extract.document import SourcePage
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.limits import MAX_BYTES, OFFICE_SECONDS
from minutebook.extract.reading.word import read_docx

NEEDED = "needs_libreoffice"
# A stranger's document runs no macros, follows no links and fetches nothing.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def available() -> bool:
    """Whether LibreOffice is installed here."""
    return shutil.which("soffice") is not None


def read_doc(data: bytes) -> list[SourcePage]:
    """One page. Raises `UnreadableDocument` with code `needs_libreoffice`, `damaged` or `too_large`."""
    program = shutil.which("soffice")
    if program is None:
        message = "It is an old Word document. Install LibreOffice and read it again, or save it as .docx."
        raise UnreadableDocument(NEEDED, message)
    with TemporaryDirectory(prefix="minutebook-") as folder:
        converted = _converted(program, data, Path(folder))
    return read_docx(converted, "libreoffice", "old Word document")


def _converted(program: str, data: bytes, folder: Path) -> bytes:
    """The document as .docx. LibreOffice has its own profile here, so that several can run side by side."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    (folder / "paper.doc").write_bytes(data)
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "docx"]
    _run([program, *options, "--outdir", str(folder), str(folder / "paper.doc")])
    made = folder / "paper.docx"
    if not made.exists():
        raise UnreadableDocument("damaged", "LibreOffice could not open the old Word document. Fetch it again.")
    if made.stat().st_size > MAX_BYTES:
        raise UnreadableDocument("too_large", f"The old Word document came to more than {MAX_BYTES:,} bytes as .docx.")
    return made.read_bytes()


def _run(command: list[str]) -> None:
    """Run LibreOffice, which works in a child of its own: all of them end when the time is up."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    try:
        process.wait(OFFICE_SECONDS)
    except subprocess.TimeoutExpired:
        message = f"LibreOffice took longer than {OFFICE_SECONDS} seconds over the old Word document. Save it as .docx."
        raise UnreadableDocument("too_slow", message) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
