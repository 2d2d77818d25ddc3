"""See missing_attachment.md."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import VaultChecker
from notelint.checkers.links.dead_links import of_web
from notelint.core.diagnostic import Finding
from notelint.core.file_types import is_attachment
from notelint.edits.allowance import Part
from notelint.note.links import LinkForm, is_placeholder
from notelint.note.note import Outline
from notelint.vault.resolution import Status
from notelint.vault.resolver import SITE_IMAGES
from notelint.vault.retargeting import fixes
from notelint.vault.suggestion_hints import hint
from notelint.vault.suggestions import meant
from notelint.vault.vault import Vault

_PAGES = (".html", ".htm")


class MissingAttachmentOptions(Struct, frozen=True):
    """The options of `missing-attachment`."""

    ignore: Annotated[tuple[str, ...], "Targets, as written, that may be missing."] = ()


class MissingAttachment(VaultChecker):
    """A link or embed of an image, PDF or other file that is not in the vault."""

    Options = MissingAttachmentOptions
    family = "links"
    takes = frozenset({Part.TARGETS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link to a file that is not a note and resolves to nothing."""
        for link, resolution in vault.unsettled(note):
            path = link.target.path
            if resolution.status is not Status.MISSING or path in self.options.ignore:
                continue
            if link.hidden or link.form is LinkForm.HTML or not is_attachment(path) or is_placeholder(path):
                continue
            if path.startswith(SITE_IMAGES) and not vault.site.has_images:
                continue  # a published garden keeps its images outside the notes' folder: nothing is known of them
            if vault.rules.heading_ids and path.lower().endswith(_PAGES):
                continue  # the pages of a website are made by its generator
            found = meant(link, note.path, vault)
            fix, suggested = fixes(link, note.path, found, vault)
            folder = f" (attachments are kept in {vault.attachment_folder!r})" if vault.attachment_folder else ""
            message = f"no file {path!r}{of_web(link) or hint(link, found) or folder}"
            yield Finding(link.span, message, fix, path, suggested)
