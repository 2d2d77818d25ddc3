"""By whose rules links are judged: one table, which the vault's only resolver reads.

`obsidian` is docs/link-rules.md; `digital-garden` the same, judged as the published site will be;
`digital-garden-site` is a published repository, where the template looks a file up by its exact path (DG-L6); `github`
is how GitHub renders Markdown files of a repository (GH1 to GH5). Both are in docs/publishing.md.
"""

import re
from enum import StrEnum
from urllib.parse import unquote

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.garden.heading_ids import Ids
from notelint.note.links import Link, LinkForm

_RESERVED = lazy_regex(r"%(?:3B|2F|3F|3A|40|26|3D|2B|24|2C|23)", re.I)  # what Obsidian leaves encoded (M2)


class ResolutionProfile(StrEnum):
    """Whose rules there are, as the configuration names them."""

    OBSIDIAN = "obsidian"
    GARDEN = "digital-garden"
    SITE = "digital-garden-site"
    GITHUB = "github"


class LinkRules(Struct, frozen=True):
    """The differences between resolution profiles.

    `by_name`: the end of a path suffices, capitals do not matter (L3 to L8); else it must be the exact path.
    `endings` are tried in order (L2). `exact_rule` is named where an exact path decides.
    """

    profile: ResolutionProfile
    by_name: bool = True
    from_folder: bool = False  # a path starts at the note's folder; else at the root of the notes
    folders: bool = False  # a link may name a folder
    endings: tuple[str, ...] = ("", ".md")
    exact_rule: str = ""
    heading_ids: bool = False  # a heading may be named by the id that website generators give it, as GitHub does (GH4)
    ids: Ids = Ids.GITHUB  # who gives headings their ids
    root_name: str = ""  # how Markdown links name the folder `root_folder` of the website: `@site/` (WS5)
    root_folder: str = ""
    labels: bool = False  # a Markdown link may name a label, which may stand in any file (WS3)
    reader_unknown: bool = False  # nothing shows that Obsidian reads the notes (UR1)
    titles: bool = False  # a page's file may be named by its title, whose blanks and signs are written otherwise (GW2)
    text_first: bool = False  # `[[text|page]]` (GW1)
    folder_pages: bool = False  # folders, tags and aliases are pages as well (QZ1)
    wikilinks_doubtful: bool = False  # nothing shows that the generator of the website reads wikilinks (WS4)
    pages_without_files: bool = False  # a wikilink may name a page that has no file, or `A/B` for `A___B.md` (LS1)

    @property
    def may_name_folders(self) -> bool:
        """True if a link may lead to a folder: by these rules (GH2), or for others than Obsidian (WS2, UR1)."""
        return self.folders or self.heading_ids or self.reader_unknown

    @property
    def publishes(self) -> bool:
        """True if a Digital Garden is what the notes are for."""
        return self.profile in (ResolutionProfile.GARDEN, ResolutionProfile.SITE)

    @property
    def names_suffice(self) -> bool:
        """True if every link that finds a file ends with its name (L3), so that it is found by that among all links."""
        return self.by_name and not self.titles

    def from_root(self, link: Link) -> str | None:
        """The path from the vault's root, with a slash before it, of a link that begins at the website's folder (WS5);
        None if it does not.
        """
        path = link.target.path
        if not self.root_name or link.form is LinkForm.WIKILINK or not path.startswith(self.root_name):
            return None
        return f"{self.root_folder}/{path.removeprefix(self.root_name)}"

    def names_ids(self, link: Link) -> bool:
        """True if a link names a heading by its id alone: those of Obsidian name it by its text."""
        if self.profile is ResolutionProfile.GITHUB:
            return True
        wikilinks_do = self.text_first or self.pages_without_files
        return self.heading_ids and (wikilinks_do or link.form is not LinkForm.WIKILINK)

    @property
    def for_others(self) -> bool:
        """True if others than Obsidian may read the notes, who go by paths alone (WS2, UR1)."""
        return self.heading_ids or self.reader_unknown or self.pages_without_files

    def goes_by_path(self, link: Link) -> bool:
        """True if a link may be followed by others than Obsidian, who know Markdown links alone."""
        return self.for_others and link.form is not LinkForm.WIKILINK

    def no_link(self, link: Link) -> str | None:
        """The rule by which something is not a link here though it looks like one; None if it is a link."""
        if self.profile is ResolutionProfile.GITHUB and link.form is LinkForm.WIKILINK:
            return "GH1"
        bare = link.form is LinkForm.WIKILINK and link.alias is None and not link.in_property
        return "DG-L6" if self.profile is ResolutionProfile.SITE and bare else None

    def path(self, link: Link) -> str:
        """A link's path as these rules read it."""
        path = link.target.path
        if self.profile is ResolutionProfile.GITHUB:
            return github_path(path)
        if self.profile is ResolutionProfile.SITE and link.form is LinkForm.WIKILINK and path.startswith("."):
            return f"/{path}"  # the template looks below the root of the notes, whatever stands there (DG-L6)
        if (
            self.profile is ResolutionProfile.SITE
            and link.form is not LinkForm.WIKILINK
            and path
            and path[0] not in "./"
        ):
            return f"./{path}"  # a remaining Markdown link is an ordinary relative address (DG-L5)
        return path


def github_path(path: str) -> str:
    """A link's path as GitHub reads it: without a query, and with what Obsidian leaves encoded decoded."""
    return _RESERVED.sub(lambda match: unquote(match.group()), path.partition("?")[0])


RULES = {
    ResolutionProfile.OBSIDIAN: LinkRules(ResolutionProfile.OBSIDIAN),
    ResolutionProfile.GARDEN: LinkRules(ResolutionProfile.GARDEN),
    ResolutionProfile.SITE: LinkRules(ResolutionProfile.SITE, by_name=False, exact_rule="DG-L6"),
    ResolutionProfile.GITHUB: LinkRules(
        ResolutionProfile.GITHUB, by_name=False, from_folder=True, folders=True, endings=("",), exact_rule="GH2"
    ),
}
