"""All that a configuration file may say, as frozen values: described here and nowhere else."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Struct, field

from notelint.core.diagnostic import Severity
from notelint.garden.permalinks import Garden, parse_rewrite_rules
from notelint.residue.patterns import OwnPattern
from notelint.vault.link_rules import RULES, LinkRules, ResolutionProfile


class GardenTable(Struct, frozen=True):
    """Settings by which the Digital Garden plugin computes addresses. Read from the plugin's own settings where they
    are there.

    None means that it is not known: then nothing is said that rests on it.
    """

    path_rewrite_rules: Annotated[tuple[str, ...] | None, 'The plugin\'s path rewrite rules, "from:to".'] = None
    slugify: Annotated[bool | None, "Whether the plugin turns names into slugs."] = None
    template: Annotated[
        Literal["current", "older"], "The age of the site's template: older ones read `&` in links differently."
    ] = "current"

    @property
    def garden(self) -> Garden:
        """The garden's settings for addresses."""
        return Garden(
            rules=parse_rewrite_rules("\n".join(self.path_rewrite_rules or ())),
            slugify_enabled=self.slugify is not False,
            older_template=self.template == "older",
            rules_known=self.path_rewrite_rules is not None,
            slugify_known=self.slugify is not None,
        )


class Override(Struct, frozen=True):
    """Settings that differ for some paths; later overrides win."""

    paths: Annotated[tuple[str, ...], "Patterns of paths, as .gitignore writes them."]
    extend_select: Annotated[tuple[str, ...], "Checkers or families to switch on."] = ()
    ignore: Annotated[tuple[str, ...], "Checkers or families to switch off."] = ()
    severity: Annotated[dict[str, Severity], "Severities by checker."] = field(default_factory=dict)
    checkers: Annotated[dict[str, dict[str, Any]], "Options by checker."] = field(default_factory=dict)


class Custom(Struct, frozen=True):
    """A checker without code: exactly one thing that is forbidden or required."""

    id: Annotated[str, "The id in reports: lower-case words with hyphens."]
    message: Annotated[str, "What to tell the reader."]
    forbid_pattern: Annotated[str | None, "A regular expression (RE2) that must not occur in the body."] = None
    require_pattern: Annotated[str | None, "A regular expression (RE2) that must occur in the body."] = None
    forbid_property: Annotated[str | None, "A property that must not be set."] = None
    require_property: Annotated[str | None, "A property that must be set."] = None
    require_section: Annotated[str | None, "A heading that must be there."] = None
    profile: Annotated[str | None, "Only notes of this profile."] = None
    paths: Annotated[tuple[str, ...], "Only notes that these patterns mean."] = ()
    severity: Annotated[Severity, "How much it matters."] = Severity.ERROR
    ignore_code: Annotated[bool, "Leave code blocks and code spans alone."] = True


class Config(Struct, frozen=True):
    """All that a configuration file may say."""

    select: Annotated[tuple[str, ...], 'Checkers or families to run; "default" and "all" are known too.'] = ("default",)
    extend_select: Annotated[tuple[str, ...], "Checkers or families to run besides."] = ()
    ignore: Annotated[tuple[str, ...], "Checkers or families not to run."] = ()
    severity: Annotated[dict[str, Severity], "Severities that differ from the checkers' own."] = field(
        default_factory=dict
    )
    exclude: Annotated[tuple[str, ...], "Notes not to check (patterns as in .gitignore); links to them resolve."] = ()
    respect_gitignore: Annotated[bool, "Do not check notes that git ignores."] = True
    profiles: Annotated[tuple[str, ...], "Shipped profiles by name, others by path of a .toml file in the vault."] = (
        "disease",
        "sign",
        "physics",
        "index",
        "imported-article",
    )
    plugins: Annotated[tuple[str, ...], "Installed plugins to load, by the name of their entry point."] = ()
    attachments: Annotated[str | None, "The folder of attachments."] = None
    resolution: Annotated[ResolutionProfile, "By whose rules links are judged."] = ResolutionProfile.OBSIDIAN
    comments: Annotated[bool, "Judge links inside comments too."] = False
    garden: Annotated[GardenTable, "The Digital Garden plugin's settings."] = GardenTable()
    checkers: Annotated[dict[str, dict[str, Any]], "Options by checker."] = field(default_factory=dict)
    overrides: Annotated[tuple[Override, ...], "What differs for some paths."] = ()
    custom: Annotated[tuple[Custom, ...], "Checkers without code."] = ()
    residue: Annotated[tuple[OwnPattern, ...], "Lines that websites leave in imported articles."] = ()


class CheckerRequest(Struct, frozen=True):
    """Checkers, by id or family, that a command line asks for: they win over the configuration and its profiles.

    With `select` those run and no others; what `ignore` names never runs.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def named(self) -> dict[str, tuple[str, ...]]:
        """The checkers that each option of the command line names."""
        return {
            "--select": self.select or (),
            "--extend-select": self.extend_select,
            "--ignore": self.ignore,
        }


class VaultKind(Struct, frozen=True):
    """By whose rules the links of a vault are judged, and what shows it, as a sentence's end.

    `resolution` is a profile to configure, with its own rules; where it is None, `rules` are those of the vault's
    reader. `templates` is a pattern of notes that are none yet.
    """

    because: str
    resolution: ResolutionProfile | None = None
    rules: LinkRules = RULES[ResolutionProfile.OBSIDIAN]
    templates: str = ""
    without: tuple[str, ...] = ()  # checkers that speak of what this reader does not do

    @property
    def is_of_obsidian(self) -> bool:
        """True unless another reader is known: then what Obsidian makes of properties does not count."""
        return self.rules.reader_unknown or self.resolution is not None

    @property
    def pipes_end_cells(self) -> bool:
        """False if the reader may find wikilinks before tables, so that the pipe of a link ends no cell."""
        return not (self.rules.titles or self.rules.pages_without_files)

    @property
    def remark(self) -> str:
        """The remark about it for the user; empty if nothing was found out."""
        if not self.because:
            return ""
        what = f"resolution {self.resolution}"
        if self.rules.pages_without_files:
            what = "links to pages without a file are not judged"
        elif self.rules.labels:
            what = "links may name headings by their ids, and labels that are not judged,"
        elif self.rules.heading_ids:
            what = "links may name headings by their ids"
        return f"{what} because {self.because}"


class Loaded(Struct, frozen=True):
    """A configuration with its origins: the file or setting that each dotted key came from."""

    config: Config
    root: Path
    file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what the user should know of it
    hidden: tuple[str, ...] = ()  # regular expressions of Obsidian's excluded files
    kind: VaultKind | None = None  # what was recognised, where the configuration does not say it
    remark: str = ""  # which vault was found, and by whose rules it is judged, where nobody said so
    asked: CheckerRequest = CheckerRequest()

    @property
    def rules(self) -> LinkRules:
        """By whose rules links resolve."""
        if self.kind is None or self.kind.resolution is not None:
            return RULES[self.config.resolution]
        return self.kind.rules
