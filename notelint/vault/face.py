"""The entries of one note in the tables of a vault: its aliases, and what it says of its address."""

from msgspec import Struct, structs

from notelint.core.lazy_regex import lazy_regex
from notelint.garden.permalinks import Garden, is_home, is_published, is_published_form
from notelint.note.note import Outline
from notelint.vault.markers import SITE_NOTES

_SITE_NOTES = f"{SITE_NOTES}/"
_LANGUAGE = ("lang", "language", "locale")
_NO_ADDRESS = lazy_regex(r"[:{<]")  # a whole URL, or a pattern that other software fills in


class Face(Struct, frozen=True, array_like=True, gc=False):
    """The entries of one note in the tables of the whole vault. As long as it stays, they stay."""

    aliases: tuple[str, ...] = ()
    in_garden: bool = False  # whether it is meant for the Digital Garden plugin, published or not
    published: str | None = None  # its address, if it is published; empty if that is not known (DG-S1)
    permalink: str | None = None  # and else, where there is no plugin
    slugs: bool | None = None  # whether its permalink shows that the plugin made slugs, or kept names (False)

    @classmethod
    def of(cls, outline: Outline, garden: Garden) -> "Face":
        """The face of a note in a vault with these settings of the plugin."""
        published = is_published(outline.properties) or in_site(outline.path)  # there all notes are (DG-U7)
        return cls(
            aliases=outline.aliases,
            in_garden="dg-publish" in outline.properties,
            published=_published_address(outline, garden) if published else None,
            permalink=None if published else _own_address(outline),
            slugs=None if garden.slugify_known or not published else _shows_slugs(outline, garden),
        )


def _published_address(outline: Outline, garden: Garden) -> str:
    """In a published garden that is its `permalink`, else its path; in the vault, what the plugin will compute.

    The home note is at `/` and nowhere else (DG-U8). Empty where the plugin's settings are not known (DG-S1).
    """
    written = outline.properties.get("permalink")
    if is_home(outline.properties):
        return "/"
    if not is_published_form(outline) and not in_site(outline.path):
        possible = garden.possible_permalinks(outline.path, outline.properties)
        return possible[0] if len(possible) == 1 else ""
    return written if isinstance(written, str) and written else unaddressed(outline.path)


def in_site(path: str) -> bool:
    """True if a file lies where a published garden has its notes (DG-P2), below the vault's root or a folder in it."""
    return f"/{_SITE_NOTES}" in f"/{path}"


def path_in_garden(path: str) -> str:
    """The path that a note has in its vault: in a published garden, that begins below the site's folder (DG-P2)."""
    return f"/{path}".rpartition(f"/{_SITE_NOTES}")[2] if in_site(path) else path


def unaddressed(path: str) -> str:
    """Where the site puts a note that has no permalink: at its path, which is not made a slug (DG-U7)."""
    return f"/notes/{path_in_garden(path).removesuffix('.md')}/"


def _shows_slugs(outline: Outline, garden: Garden) -> bool | None:
    """True if the permalink of a published note is the slug of its path, or the path as it is (DG-S1)."""
    if not is_published_form(outline) and not in_site(outline.path):
        return None
    written, path = outline.properties.get("permalink"), path_in_garden(outline.path)
    possible = structs.replace(garden, rules=(), rules_known=True).possible_permalinks(path, outline.properties)
    return written == possible[0] if len(possible) > 1 and written in possible else None


def _own_address(outline: Outline) -> str | None:
    """Without the plugin a `permalink` speaks for itself."""
    written = outline.properties.get("permalink")
    if not isinstance(written, str) or not written or _NO_ADDRESS.search(written):
        return None
    if any(key in outline.properties for key in _LANGUAGE):  # whose name may begin the address
        return None
    return f"/{written.strip('/')}/"
