"""Links that lead through a service that counts who follows them: the address they lead to takes their place."""

from urllib.parse import parse_qs, urlsplit

# Hosts, the start of the path, and the parameter that holds the address.
_SERVICES = (
    ("www.google.com", "/url", ("q", "url")),
    ("google.com", "/url", ("q", "url")),
    ("l.facebook.com", "/l.php", ("u",)),
    ("lm.facebook.com", "/l.php", ("u",)),
    ("l.instagram.com", "/", ("u",)),
    ("www.youtube.com", "/redirect", ("q",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("steamcommunity.com", "/linkfilter", ("url", "u")),
    ("duckduckgo.com", "/l/", ("uddg",)),
    ("out.reddit.com", "/", ("url",)),
    ("slack-redir.net", "/link", ("url",)),
)


def target(href: str) -> str:
    """The address that a link leads to in the end, where it says it; else the link's own."""
    if "?" not in href:
        return href
    try:
        parts = urlsplit(href)
        said = parse_qs(parts.query)
    except ValueError:
        return href
    for host, path, names in _SERVICES:
        if parts.netloc.lower() == host and parts.path.startswith(path):
            found = next((said[name][0] for name in names if name in said), "")
            return found if found.lower().startswith(("http://", "https://")) else href
    return href
