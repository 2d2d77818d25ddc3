"""Files that come, go, or get another name where others than Obsidian may read the notes: websites, GitHub, Logseq."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notelint.engine import incremental, judge_note
from notelint.engine.judge_note import KnownVault, Seen
from tests.conftest import MakeVault, report
from tests.engine.test_cache import both

_HOME = '---\n{"dg-publish":true,"dg-home":true,"permalink":"/"}\n---\n[[a/A|x]] ![x](/img/user/p.png)\n'
_KINDS: dict[str, dict[str, str]] = {
    "unmarked": {},
    "MkDocs": {"mkdocs.yml": "site_name: x\n"},
    "Docusaurus": {"docusaurus.config.js": ""},
    "Hugo": {"hugo.toml": ""},
    "Sphinx": {"docs/conf.py": "", "docs/index.md": "# x\n"},
    "Logseq": {"logseq/config.edn": "{}"},
    "GitHub": {"notelint.toml": 'resolution = "github"\n'},
    "garden": {".eleventy.js": "", "src/site/notes/Home.md": _HOME},
}
_FOLDERS = ["", "docs", "Docs", "a", "a/b", "my folder", "src/site/notes", "src/site/img/user"]
_NAMES = ["README.md", "index.md", "A.md", "a.md", "B note.md", "a___b.md", "what?.md", "p.png", "docs", "É.md"]
_PATHS = st.builds(
    lambda folder, name: f"{folder}/{name}".lstrip("/"), st.sampled_from(_FOLDERS), st.sampled_from(_NAMES)
)
_FORMS = ["[[{}]]", "[[{}|x]]", "![[{}]]", "[x]({}.md)", "[x](<{}>)", "[x]({}#One)", "[r]: {}", "![x]({}.png)"]
_TARGETS = [
    *["A", "a/A", "../A", "a/b", "a", "../a/", "/a/b/", "docs", "../docs/", "../Docs/.", "./..", "a/../docs", "."],
    *["docs/index.md", "README", "../README.md?plain=1", "my%20folder", "my folder/B note", "B-note", "B%20note"],
    *["a%2FA", "what?", "a___b", "É", "p", "/img/user/p", "linked/x", "../Asterisk", "indes", "docs/README.md"],
]
_LINKS = st.builds(str.format, st.sampled_from(_FORMS), st.sampled_from(_TARGETS))
_HEADS = st.sampled_from(
    ["", "", "---\naliases: [a/b, Alias]\n---\n", '---\n{"dg-publish":true,"permalink":"/a/b/"}\n---\n']
)
_TEXTS = st.builds(lambda head, links: "\n\n".join([f"{head}# One", *links, ""]), _HEADS, st.lists(_LINKS, max_size=4))
_STEPS = st.one_of(
    st.tuples(st.just("write"), _PATHS, _TEXTS),
    st.tuples(st.just("delete"), _PATHS, st.just("")),
    st.tuples(st.just("rename"), st.integers(0, 9).map(str), _PATHS),
    st.tuples(st.just("move"), st.sampled_from(["docs", "a", "a/b"]), st.sampled_from(["Docs", "docs", "x/docs", "b"])),
    st.tuples(st.just("link"), st.sampled_from(["linked", "a/linked", "docs"]), st.just("")),
)


def _files(vault: Path) -> list[Path]:
    return sorted(
        path for path in vault.rglob("*") if path.is_file() and "/." not in str(path.relative_to(vault.parent))
    )


def _step(vault: Path, what: str, name: str, text: str) -> None:
    """Change a vault, where that is possible."""
    path = vault / name
    try:
        if what == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif what == "delete":
            path.unlink()
        elif what == "rename":
            files = _files(vault)
            (vault / text).parent.mkdir(parents=True, exist_ok=True)
            files[int(name) % len(files)].replace(vault / text)
        elif what == "move" and not (vault / text).exists():
            (vault / text).parent.mkdir(parents=True, exist_ok=True)
            path.rename(vault / text)
        elif what == "link" and path.is_symlink():
            path.unlink()
        elif what == "link":
            path.symlink_to(vault.parent)
    except OSError:
        pass  # there is none, or a folder in its place


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    kind=st.sampled_from(list(_KINDS)),
    start=st.lists(st.tuples(_PATHS, _TEXTS), min_size=2, max_size=6),
    steps=st.lists(_STEPS, min_size=2, max_size=5),
)
def test_cached_and_uncached_runs_are_always_equal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    start: list[tuple[str, str]],
    steps: list[tuple[str, str, str]],
) -> None:
    monkeypatch.setattr(incremental, "_few", lambda notes: 0)
    vault = tmp_path / "vault"
    shutil.rmtree(vault, ignore_errors=True)
    vault.mkdir()
    for path, text in _KINDS[kind].items():
        _step(vault, "write", path, text)
    for path, text in start:
        _step(vault, "write", path, text if path.endswith(".md") else "")
    both(vault)
    for step in steps:
        _step(vault, *step)
        both(vault)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notes that were judged as seen from the vault."""
    found: list[str] = []
    see = judge_note.see

    def seeing(known: KnownVault, path: str) -> Seen | None:
        found.append(path)
        return see(known, path)

    monkeypatch.setattr(incremental, "see", seeing)
    return found


_CHANGES: Sequence[tuple[str, str, set[str]]] = [
    ("write", "docs/New.md", {"Named.md", "docs/New.md"}),
    ("write", "fresh/Other.md", {"Folder.md", "fresh/Other.md"}),
    ("write", "docs/picture.png", {"Picture.md"}),
    ("delete", "docs/Old.md", {"docs/Neighbour.md"}),
]


@pytest.mark.parametrize(("what", "path", "expected"), _CHANGES, ids=[path for _, path, _ in _CHANGES])
@pytest.mark.parametrize("kind", ["unmarked", "MkDocs", "Logseq", "GitHub"])
def test_only_notes_that_a_file_can_touch_are_judged_again(
    make_vault: MakeVault, judged: list[str], kind: str, what: str, path: str, expected: set[str]
) -> None:
    vault = make_vault(
        {
            "Named.md": "[a](docs/New.md)\n",
            "Folder.md": "[a](fresh/)\n",
            "Picture.md": "![a](docs/picture.png)\n",
            "docs/Old.md": "# One\n",
            "docs/Neighbour.md": "[a](./Old.md)\n",
            **{f"Bystander {number}.md": "[a](docs/Neighbour.md) [b](docs/far.md)\n" for number in range(9)},
            **_KINDS[kind],
        }
    )
    (vault / ".obsidian").rmdir()
    report(vault)
    judged.clear()
    _step(vault, what, path, "text\n")
    found = report(vault)
    assert set(judged) == expected
    assert found == report(vault, "--no-cache")


def test_a_folder_that_is_linked_later_holds_what_is_not_known(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[a](shared/x.md)\n"})
    assert [one["checker"] for one in both(vault)["diagnostics"]] == ["broken-link"]
    (vault / "shared").symlink_to(vault.parent)
    assert both(vault)["diagnostics"] == []
    (vault / "shared").unlink()
    assert len(both(vault)["diagnostics"]) == 1
