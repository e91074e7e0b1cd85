"""How we behave on other people's servers: honest, slow, one request at a time (https://docs.scrapy.org/, settings)."""

from minutebook import __version__
from minutebook.crawlers.sites import BUSY, Bounds

BOT_NAME = "minutebook"
SPIDER_MODULES = ["minutebook.crawlers.spiders"]
USER_AGENT = f"Minutebook/{__version__}"

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Minutebook"
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # a slot is an address: see middlewares/one_address.py
DOWNLOAD_DELAY = 1.0  # seconds
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
BOUNDS = Bounds()
DOWNLOAD_TIMEOUT = BOUNDS.page_seconds  # for all of an answer
RETRY_HTTP_CODES = BUSY
REDIRECT_MAX_TIMES = 5
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the report says it

# Nothing but http and https, certificates checked, and no answer without a limit.
DOWNLOAD_MAXSIZE = BOUNDS.page_bytes
DOWNLOAD_WARNSIZE = 0  # the report says what was too large
DOWNLOAD_VERIFY_CERTIFICATES = True
_HANDLER = "minutebook.crawlers.handler.PatientHandler"
DOWNLOAD_HANDLERS = {"http": _HANDLER, "https": _HANDLER, "data": None, "file": None, "ftp": None, "s3": None}
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "WARNING"

# What a page gives is handled a few at a time: Scrapy starts as many tasks for every page, however little it gives.
CONCURRENT_ITEMS = 4
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads the source of every callback; mypy says the same

# Two councils may share an install: the same address is then asked for twice, and must be.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "minutebook.crawlers.middlewares.same_host.SameHostMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "minutebook.crawlers.middlewares.one_address.OneAddressMiddleware": 90,
    "minutebook.crawlers.middlewares.robots.ClosedRobotsMiddleware": 100,  # sees an answer after the retries
    "minutebook.crawlers.middlewares.blocked.BlockedMiddleware": 570,  # before the retries, after unpacking
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "minutebook.crawlers.validators.ConditionalMiddleware": 585,  # after unpacking too
}
SPIDER_MIDDLEWARES = {
    "minutebook.crawlers.middlewares.problems.ProblemsMiddleware": 60,
    "minutebook.crawlers.middlewares.one_address.QueueMiddleware": 70,
}
HTTPCACHE_POLICY = "minutebook.crawlers.validators.AlwaysAsk"
HTTPCACHE_STORAGE = "minutebook.crawlers.validators.ValidatorStorage"
MEDIA_ALLOW_REDIRECTS = True
ITEM_PIPELINES = {
    "minutebook.crawlers.pipelines.documents.DocumentsPipeline": 100,
    "minutebook.crawlers.pipelines.load.LoadPipeline": 200,
}
