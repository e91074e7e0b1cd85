"""Between Scrapy and the spider: one rule a file."""
