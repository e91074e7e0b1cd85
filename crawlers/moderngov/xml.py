"""XML that a stranger sends, parsed so that it can do no harm."""

from __future__ import annotations

from lxml import etree

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.moderngov.markup import check_final_url


def parse_xml(body: bytes, url: str, tag: str) -> etree._Element:
    """The root of an answer, which must be a `tag`; no entity is expanded, no other file is read.

    Raises `SourceError` if the answer is the error page, broken off, HTML, or declares entities.
    """
    check_final_url(url)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        message = f"{url} did not answer with whole XML ({error.msg}): if it stays so, see it in a browser"
        raise SourceError("not_xml", message) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("xml_doctype", f"{url} declares entities, which ModernGov never does: not read")
    if root.tag != tag:
        message = f"{url} answered with <{root.tag}>, not <{tag}>: check that this is ModernGov's web service"
        raise SourceError("unexpected_xml", message)
    return root
