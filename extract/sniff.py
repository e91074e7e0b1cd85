"""What a file is, by its first bytes; its name decides only between kinds of text."""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO

from minutebook.extract.errors import UnreadableDocument

PDF = "application/pdf"
HTML = "text/html"
XML = "application/xml"
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"

HTML_START = re.compile(
    rb"^\s*+(?:<\?xml[^>]*>\s*+)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|div|table|p)\b", re.I | re.S
)
XML_START = re.compile(rb"^\s*<(?:\?xml|!DOCTYPE|[a-z]+>)", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rtf"
OTHERS = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"\x1f\x8b": "a gzip file",
    b"Rar!": "an archive", b"7z\xbc\xaf": "an archive",
}  # fmt: skip


def media_type(data: bytes) -> str:
    """One of the media types above. Raises `UnreadableDocument` with code `empty` or `unknown_format`."""
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableDocument("empty", "The file is empty. Fetch it again, or ask its publisher.")
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if head.startswith(OLE):
        return _compound(data)
    if head.startswith(RTF):
        return DOC  # many a .doc is RTF inside
    if HTML_START.match(head):
        return HTML
    if XML_START.match(head):
        return XML
    return _text(head)


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "word/document.xml" in archive.namelist():
                return DOCX
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        pass  # all that zipfile raises at a damaged directory
    raise UnreadableDocument("unknown_format", "The file is a zip archive but not a Word document. Unpack it first.")


def _compound(data: bytes) -> str:
    """Old Office files hold named streams; the name in their directory tells what they are."""
    if "WordDocument".encode("utf-16-le") in data:
        return DOC
    if "EncryptedPackage".encode("utf-16-le") in data:
        message = "The Word file is encrypted. Ask its publisher for a copy without a password."
        raise UnreadableDocument("encrypted", message)
    message = "The file is of an old Office program but not of Word, and Minutebook does not read it."
    raise UnreadableDocument("unknown_format", message)


def _text(head: bytes) -> str:
    for magic, what in OTHERS.items():
        if head.startswith(magic):
            raise UnreadableDocument("unknown_format", f"The file is {what}, which Minutebook does not read.")
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableDocument("unknown_format", "The file is neither PDF, HTML, XML, Word nor text.")
    return TEXT
