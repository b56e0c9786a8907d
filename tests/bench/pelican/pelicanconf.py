# The pages that the other generators write, too. Topics are Pelican's tags and people its authors, since it has no taxonomies
# of one's own; feeds carry summaries, as RSS, because its Atom feeds always carry whole texts.
SITENAME = "Briefs"
SITEURL = "https://briefs.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["briefings"]
OUTPUT_PATH = "public"
STATIC_PATHS: list[str] = []
PLUGINS: list[str] = []
THEME = "theme"
THEME_STATIC_DIR = ""
SLUGIFY_SOURCE = "basename"
# what has not changed is not read again
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}}, "output_format": "html5"}
DIRECT_TEMPLATES = ["index", "tags", "authors", "sitemap"]
DEFAULT_PAGINATION = 50
PAGINATED_TEMPLATES = dict.fromkeys(("index", "tag", "author", "period_archives"), DEFAULT_PAGINATION)
PAGINATION_PATTERNS = [(1, "{url}", "{save_as}"), (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html")]
ARTICLE_URL, ARTICLE_SAVE_AS = "briefings/{slug}/", "briefings/{slug}/index.html"
TAG_URL, TAG_SAVE_AS, TAGS_SAVE_AS = "topics/{slug}/", "topics/{slug}/index.html", "topics/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS, AUTHORS_SAVE_AS = "people/{slug}/", "people/{slug}/index.html", "people/index.html"
YEAR_ARCHIVE_SAVE_AS = "years/{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "months/{date:%Y-%m}/index.html"
DAY_ARCHIVE_SAVE_AS = "days/{date:%Y-%m-%d}/index.html"
CATEGORY_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = True
FEED_ALL_RSS, TAG_FEED_RSS, AUTHOR_FEED_RSS = "feed.xml", "topics/{slug}/feed.xml", "people/{slug}/feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None
