"""Imported once by the server that forks crawlers: all that every crawl loads. It must not choose Twisted's reactor."""

from scrapy.core import downloader, engine, scheduler  # noqa: F401
from scrapy.core.downloader import contextfactory  # noqa: F401
from scrapy.settings import Settings
from scrapy.utils.misc import load_object, walk_modules_iter

_SETTINGS = Settings()
_SETTINGS.setmodule("minutebook.crawlers.settings", priority="project")

for _kind in ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES"):
    for _component in _SETTINGS.get_component_priority_dict_with_base(_kind):
        load_object(_component)

for _package in _SETTINGS.getlist("SPIDER_MODULES"):
    list(walk_modules_iter(_package))
for _handler in filter(None, _SETTINGS.getdict("DOWNLOAD_HANDLERS").values()):
    load_object(_handler)
