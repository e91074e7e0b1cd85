"""How we behave on other people's servers: honest, slow, one request at a time (https://docs.scrapy.org/, settings)."""

from minutebook import __version__

BOT_NAME = "minutebook"
SPIDER_MODULES = ["minutebook.crawlers.spiders"]
USER_AGENT = f"Minutebook/{__version__}"

# Some self-hosted installs need a minute for an answer, and some limit bursts.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Minutebook"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0  # seconds
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
DOWNLOAD_TIMEOUT = 60  # seconds
RETRY_HTTP_CODES = [429, 500, 502, 503, 504]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the report says it

# Nothing but http and https, certificates checked, and no answer without a limit.
DOWNLOAD_MAXSIZE = 100 * 1024 * 1024  # bytes
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "WARNING"

# Two councils may share an install: the same address is then asked for twice, and must be.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "minutebook.crawlers.middlewares.same_host.SameHostMiddleware": 50,
    "minutebook.crawlers.middlewares.closed_robots.ClosedRobotsMiddleware": 60,  # sees an answer after the retries
}
SPIDER_MIDDLEWARES = {"minutebook.crawlers.middlewares.problems.ProblemsMiddleware": 60}
MEDIA_ALLOW_REDIRECTS = True
ITEM_PIPELINES = {
    "minutebook.crawlers.pipelines.documents.DocumentsPipeline": 100,
    "minutebook.crawlers.pipelines.load.LoadPipeline": 200,
}
