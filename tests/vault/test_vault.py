"""What the vault knows of all notes together, beside the resolution of links that the vectors hold."""

import pytest

from notelint.note.note import Note, Outline
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.vault import Resolution, Status, Vault

SITE = "src/site/notes"


def _image(markdown: str, files: list[str], profile: ResolutionProfile, source: str = "GU/A.md") -> Resolution:
    """What the one link of a note, written at `source`, means in a vault of these files."""
    note = Note(source, markdown)
    (link,) = note.links
    return Vault({source: note.outline}, files, rules=RULES[profile]).resolve_link(link, source)


@pytest.mark.parametrize("profile", [ResolutionProfile.OBSIDIAN, ResolutionProfile.GARDEN])
def test_the_address_of_a_published_image_means_the_file_it_was_made_of(profile: ResolutionProfile) -> None:
    """DG-E1, in the vault: below `/img/user/` stands its path, and nowhere else is it sought."""
    files = ["At t/x.png", "y.png"]
    assert _image("![a](/img/user/At%20t/x.png)", files, profile).target == "At t/x.png"
    assert _image("![a](/img/user/y.png)", files, profile).target == "y.png"
    assert _image("![a](/img/user/x.png)", files, profile).status is Status.MISSING
    assert _image("![a](/img/users/y.png)", files, profile).status is Status.MISSING
    assert _image("![a](/a/img/user/y.png)", files, profile).status is Status.MISSING


def test_the_address_of_a_published_image_in_the_published_garden() -> None:
    """DG-E1, on the site: beside the notes stands `img/user`, with the vault's paths."""
    source, image = f"{SITE}/GU/A.md", "src/site/img/user/At t/x.png"
    site = ResolutionProfile.SITE
    assert _image("![a](/img/user/At%20t/x.png)", [source, image], site, source).target == image
    assert _image("![a](/img/user/At%20t/x.png)", [source, f"{SITE}/At t/x.png"], site, source).target is None


def test_a_file_that_stands_at_the_address_itself_wins() -> None:
    files = ["img/user/y.png", "y.png"]
    assert _image("![a](/img/user/y.png)", files, ResolutionProfile.OBSIDIAN).target == "img/user/y.png"


def test_an_alias_that_a_note_has_twice_counts_once() -> None:
    """In whatever capitals; and that two notes have it stays known, in the vault's order."""
    outlines = {
        "A.md": Outline("A.md", properties={"aliases": ["MRI", "mri", "MRI"]}),
        "B.md": Outline("B.md", properties={"aliases": ["Mri", "CT"]}),
    }
    assert Vault(outlines).aliases == {"mri": ["A.md", "B.md"], "ct": ["B.md"]}
