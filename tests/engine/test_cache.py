"""The cache is invisible: whatever happens to a vault, a run with it says what a run without it says."""

import errno
import gc
import json
import os
import random
import shutil
import subprocess
import sys
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notelint.core import user_folders
from notelint.engine import cache, cache_entry, cache_file, cache_writing, incremental
from notelint.engine.cache_entry import CacheEntry, Stamp
from notelint.engine.kept_outlines import KeptOutlines
from notelint.engine.known_entries import KnownEntries
from notelint.engine.workspace import Workspace
from notelint.note.note import Note, Outline
from notelint.vault.face import Face
from tests.conftest import MakeVault, report, run
from tests.history.test_since import commit, git

pytestmark = pytest.mark.slow

VAULT: dict[str, str | bytes] = {
    "notelint.toml": "",
    "Home.md": "# Home\n\n[[Kidney#Imaging]] [[Liver]] [[Nowhere]] [[#^gone]]\n",
    "Kidney.md": "---\naliases: [Ren]\n---\n# Kidney\n\n## Imaging\ntext ^one\n",
    "Organs/Liver.md": "[[../Kidney#Imagin]] [[Ren]] <!-- notelint-disable-next-line -->\n[[lost]]\n",
    "Broken.md": b"caf\xe9 [[x]]\n",
    "Big.md": "---\nnumber: 123456789012345678901234567890\n---\n[[Kidney]]\n",
    "Published.md": '---\n{"dg-publish":true,"permalink":"/published/"}\n---\n[a](/nowhere/)\n',
}


def both(vault: Path, *arguments: str) -> dict[str, Any]:
    """The report with the cache, which is the one without it."""
    cached = report(vault, "--allow-empty", *arguments)
    assert cached == report(vault, "--allow-empty", "--no-cache", *arguments)
    return cached


def file(vault: Path) -> Path:
    return user_folders.of_vault(user_folders.cache_folder(), vault) / cache.FILE


def age(vault: Path) -> None:
    """Let the notes have been written a while ago, as far as the cache can tell."""

    def later(entry: CacheEntry) -> None:
        entry.read += 10 * cache_entry._TICK

    forge(vault, later)


class _Kept:
    """What a file holds besides entries, to be written again."""

    def __init__(self, kept: cache_file.CacheFile) -> None:
        self._kept = kept

    def outline(self, path: str, entry: CacheEntry) -> bytes:
        return entry.outline or self._kept.outline(path)

    def findings(self, path: str, entry: CacheEntry) -> tuple[bytes, bytes]:
        return entry.found, entry.seen or b""

    def length(self, path: str) -> int:
        return self._kept.outline_length(path)

    def links(self, path: str, entry: CacheEntry) -> bytes:
        links = self._kept.links(path)
        assert links is not None
        return links


def forge(vault: Path, change: Callable[[CacheEntry], None]) -> None:
    """Change what the cache says of each note, and its checksums accordingly."""
    with file(vault).open("rb") as opened:
        kept = cache_file.CacheFile(opened)
        entries = {path: entry for path in kept.paths if (entry := kept.entry(path)) is not None}
        assert len(entries) == len(kept.paths)
        for one in entries.values():
            change(one)
        index = kept.index
        about = index.identity, index.quick, index.key, kept.vault, index.everything
        written = b"".join(cache_writing.write(about, entries, _Kept(kept)))
    file(vault).write_bytes(written)


def test_a_run_that_changes_nothing_parses_no_note(make_vault: MakeVault, read: list[str]) -> None:
    vault = make_vault({path: text for path, text in VAULT.items() if path != "Broken.md"})
    first = report(vault)
    age(vault)
    read.clear()
    assert report(vault) == first
    assert read == []


def test_only_what_changed_is_parsed(make_vault: MakeVault, read: list[str]) -> None:
    vault = make_vault({"A.md": "[[B#x]]\n", "B.md": "# x\n", "C.md": "text\n"})
    assert both(vault)["diagnostics"] == []
    age(vault)
    (vault / "B.md").write_text("# y\n")
    read.clear()
    found = report(vault)
    assert [d["checker"] for d in found["diagnostics"]] == ["broken-heading-link"]
    assert set(read) == {"A.md", "B.md"}  # A is looked at again to say where in it the link stands
    assert found == report(vault, "--no-cache")


def test_outlines_are_kept_when_others_are_written(make_vault: MakeVault, read: list[str]) -> None:
    """Outlines that no run looked at go from one file into the next."""
    vault = make_vault({"A.md": "# x\n", "B.md": "text\n", "C.md": "text\n"})
    both(vault)
    for text in ("one\n", "two words\n"):
        age(vault)
        (vault / "C.md").write_text(text)
        both(vault)
    age(vault)
    (vault / "B.md").write_text("[[A#y]]\n")
    read.clear()
    assert len(report(vault)["diagnostics"]) == 1
    assert set(read) == {"B.md"}


def test_one_note_before_a_commit(make_vault: MakeVault) -> None:
    vault = make_vault(VAULT)
    both(vault)
    age(vault)
    (vault / "Home.md").write_text("[[Kidney#Other]] [[Gone]]\n")
    assert len(both(vault, "Home.md")["diagnostics"]) == 2
    both(vault)


def test_a_commits_hook_parses_only_what_it_changes(make_vault: MakeVault, read: list[str]) -> None:
    """Of a published note too, whose address is compared with the one that it had."""
    published = "---\ndg-publish: true\n---\n# {0}\n"
    notes = {f"N{n}.md": published.format(f"N{n}") for n in range(20)}
    vault = make_vault({"notelint.toml": "garden.slugify = true\n", "Home.md": "[[N1#N1]]\n", **notes})
    git(vault, "init", "-q")
    commit(vault)
    both(vault)
    age(vault)
    (vault / "N1.md").write_text("---\ndg-publish: true\ndg-permalink: /other/\n---\n# One\n")
    git(vault, "add", "-A")
    read.clear()
    found = report(vault, "--staged", "--", "N1.md")
    assert sorted(d["checker"] for d in found["diagnostics"]) == ["changed-permalink", "renamed-heading"]
    assert set(read) == {"Home.md", "N1.md"}


def test_the_same_size_and_time_within_a_tick(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[B]]\n", "B.md": "text\n"})
    note = vault / "A.md"
    assert both(vault)["diagnostics"] == []
    stat = note.stat()
    note.write_text("[[C]]\n")
    os.utime(note, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert len(both(vault)["diagnostics"]) == 1


def test_a_touched_note_is_not_parsed_again(make_vault: MakeVault, read: list[str]) -> None:
    vault = make_vault({"A.md": "text\n", "B.md": "text\n"})
    both(vault)
    (vault / "A.md").touch()
    read.clear()
    both_found = report(vault)
    assert both_found["diagnostics"] == []
    assert read == []


CHANGES: dict[str, Callable[[Path], object]] = {
    "renamed": lambda vault: (vault / "Kidney.md").rename(vault / "Renal.md"),
    "deleted": lambda vault: (vault / "Kidney.md").unlink(),
    "moved": lambda vault: (vault / "Kidney.md").rename(vault / "Organs" / "Kidney.md"),
    "added": lambda vault: (vault / "Nowhere.md").write_text("text\n"),
    "attachment": lambda vault: (vault / "lost.png").write_bytes(b""),
    "alias": lambda vault: (vault / "Kidney.md").write_text("---\naliases: [Lost]\n---\n# Kidney\n## Imaging\n"),
    "heading": lambda vault: (vault / "Kidney.md").write_text("---\naliases: [Ren]\n---\n# Kidney\n## Image\n"),
    "address": lambda vault: (vault / "Kidney.md").write_text("---\ndg-publish: true\n---\n# Kidney\n## Imaging\n"),
    "configuration": lambda vault: (vault / "notelint.toml").write_text('ignore = ["broken-link"]\n'),
    "obsidian": lambda vault: (vault / ".obsidian/app.json").write_text('{"userIgnoreFilters": ["Organs/"]}'),
    "excluded": lambda vault: (vault / "notelint.toml").write_text('exclude = ["Kidney.md"]\n'),
    "replaced": lambda vault: (vault / "Organs/Liver.md").replace(vault / "Kidney.md"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changes(change: str, make_vault: MakeVault) -> None:
    vault = make_vault(VAULT)
    before = both(vault)
    age(vault)
    CHANGES[change](vault)
    assert both(vault) != before or change in ("moved", "attachment")
    both(vault)


def test_a_changed_profile_and_a_changed_schema(make_vault: MakeVault) -> None:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "base.json"}
    vault = make_vault(
        {
            "notelint.toml": 'profiles = ["own.toml"]\n',
            "own.toml": 'name = "own"\nschema = "own.json"\n[match]\npaths = ["*.md"]\n',
            "own.json": json.dumps(schema),
            "base.json": "{}",
            "A.md": "---\nkind: 1\n---\n# A\n",
        }
    )
    assert both(vault)["diagnostics"] == []
    (vault / "base.json").write_text(json.dumps({"properties": {"kind": {"type": "string"}}}))
    assert [d["checker"] for d in both(vault)["diagnostics"]] == ["schema-violation"]
    with (vault / "own.toml").open("a") as profile:
        profile.write('[[section]]\nname = "Imaging"\n')
    assert [d["checker"] for d in both(vault)["diagnostics"]] == ["schema-violation", "missing-section"]


def test_another_version(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, read: list[str]) -> None:
    vault = make_vault(VAULT)
    report(vault)
    monkeypatch.setattr("notelint.engine.cache_key.__version__", "99")
    read.clear()
    report(vault)
    assert "Kidney.md" in read


def test_another_checkout(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(VAULT)
    both(vault)
    other = tmp_path / "other"
    shutil.copytree(vault, other)
    (other / "Kidney.md").unlink()
    both(other)
    both(vault)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "magic only": lambda data: data[:10],
    "cut in the index": lambda data: data[:200],
    "cut at the end": lambda data: data[:-7],
    "longer": lambda data: data + b"more",
    "pickle": lambda data: b"\x80\x04\x95cos\nsystem\n(S'touch hacked'\ntR.",
    "other bytes": lambda data: os.urandom(len(data)),
    "nested": lambda data: data[:8] + (5000).to_bytes(8, "big") + bytes(4) + b"\x91" * 5000,
    "a flipped bit in the outlines": lambda data: data[:-20] + bytes([data[-20] ^ 4]) + data[-19:],
    "a flipped bit in the index": lambda data: data[:300] + bytes([data[300] ^ 4]) + data[301:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_hostile_file(damage: str, make_vault: MakeVault) -> None:
    vault = make_vault(VAULT)
    before = both(vault)
    age(vault)
    file(vault).write_bytes(DAMAGES[damage](file(vault).read_bytes()))
    (vault / "Home.md").touch()
    assert both(vault) == before
    assert both(vault) == before
    assert not (vault / "hacked").exists()


@pytest.mark.slow
def test_bits_that_flip_anywhere(make_vault: MakeVault) -> None:
    """Whatever a disk or somebody else does to the file, it is not a traceback and changes no report."""
    vault = make_vault(VAULT)
    before = both(vault)
    age(vault)
    whole = file(vault).read_bytes()
    chance = random.Random(1)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 1, 2, 8])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file(vault).write_bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data))])])
        assert report(vault) == before


@pytest.mark.slow
def test_an_index_with_the_right_checksum_and_wrong_values(make_vault: MakeVault) -> None:
    """Bits that flip under a checksum that was made to fit: the worst is a false report, never a crash."""
    vault = make_vault(VAULT)
    both(vault)
    age(vault)
    whole = file(vault).read_bytes()
    head = len(cache_file.MAGIC)
    length = int.from_bytes(whole[head : head + 8], "big")
    chance = random.Random(2)
    for _ in range(400):
        index = bytearray(whole[cache_file.HEAD : cache_file.HEAD + length])
        index[chance.randrange(len(index))] = chance.choice([0, 0x7F, 0xC0, 0xD3, 0xDD, 0xFF, chance.randrange(256)])
        summed = whole[: head + 8] + zlib.crc32(index).to_bytes(4, "big") + index
        file(vault).write_bytes(summed + whole[cache_file.HEAD + length :])
        result = run("check", "--output-format", "json", cwd=vault)
        assert result.exit_code in (0, 1)
        assert isinstance(result.exception, SystemExit | None), result.exception


def test_values_that_lie_about_their_outline(make_vault: MakeVault) -> None:
    """A forged file with right checksums can say what it likes, but what is not an outline is read from the note."""
    vault = make_vault({"A.md": "[[B]]\n", "B.md": "text\n"})
    forged = CacheEntry(Stamp(0, 0, 0), 0, b"", Face(), checksum=zlib.crc32(b"\xff"), outline=b"\xff")
    outlines = KeptOutlines(KnownEntries(held={"A.md": forged}), cache.Cache.none(), Workspace.open(vault).read)
    assert [link.target.path for link in outlines["A.md"].links] == ["B"]


def test_values_that_are_no_suppressions(make_vault: MakeVault) -> None:
    """Bytes that a forged file calls suppressions are not believed: the note is read instead, once."""
    vault = make_vault({"A.md": "---\na: [\n---\n<!-- notelint-disable-next-line -->\n[[B]]\n\n[[C]]\n"})
    before = both(vault)

    def lie(entry: CacheEntry) -> None:
        assert entry.silenced
        assert entry.seen
        entry.silenced, entry.seen = b"\xff", None

    age(vault)
    forge(vault, lie)
    assert report(vault) == before


@pytest.mark.parametrize("found", [b"\xdd\xff\xff\xff\xff", b"\xdc\xff\xff", b"\x9f"])
def test_numbers_of_findings_that_no_run_could_have_made(found: bytes, make_vault: MakeVault) -> None:
    """The file that is written next is written all the same: each list has at most as many values as bytes."""
    vault = make_vault(VAULT)
    before = both(vault)

    def lie(entry: CacheEntry) -> None:
        entry.found, entry.seen = found, None if entry.seen is None else found

    age(vault)
    forge(vault, lie)
    home = (vault / "Home.md").read_bytes()
    (vault / "Home.md").write_bytes(home + b"\n")
    assert report(vault) == both(vault)
    (vault / "Home.md").write_bytes(home)
    assert both(vault) == before


def test_a_profile_that_there_is_not(make_vault: MakeVault) -> None:
    texts: dict[str, str | bytes] = {
        f"Light {number}.md": f"---\nkind: light\nheight: {number}\n---\n\n## Place\n\nx\n" for number in range(9)
    }
    vault = make_vault(texts)
    before = run("schema", "infer", cwd=vault)
    run("check", cwd=vault)

    def lie(entry: CacheEntry) -> None:
        entry.profile = "gone"

    age(vault)
    forge(vault, lie)
    again = run("schema", "infer", cwd=vault)
    assert again.exit_code == before.exit_code
    assert not isinstance(again.exception, KeyError)


def test_a_folder_that_cannot_be_written(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault(VAULT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "replace_file", full)
    both(vault)
    assert not file(vault).exists()
    file(vault).parent.rmdir()
    file(vault).parent.write_text("a file in its place")
    both(vault)


@pytest.mark.parametrize("known", [False, True], ids=["no cache yet", "one that is kept"])
def test_a_full_disk(known: bool, make_vault: MakeVault) -> None:
    """No file may grow beyond some bytes, as on a full disk: the report is the same, and what was there stays."""
    vault = make_vault({**VAULT, **{f"{n}.md": f"# {n}\n\n[[{n + 1}]] [[lost {n}]]\n" for n in range(200)}})
    if known:
        report(vault)
        age(vault)
    before = file(vault).read_bytes() if known else None
    for n in range(0, 200, 3):
        (vault / f"{n}.md").write_text(f"[[other {n}]]\n")
    script = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); from notelint.__main__ import run; run()"
    )
    command = [sys.executable, "-c", script, "check", "--output-format", "json"]
    done = subprocess.run(command, cwd=vault, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout) == report(vault, "--no-cache")
    assert [path.name for path in file(vault).parent.glob(".check-*")] == []
    assert (file(vault).read_bytes() if known else None) == before
    both(vault)


def test_a_link_in_the_place_of_the_folder_is_not_followed(make_vault: MakeVault, tmp_path: Path) -> None:
    vault, elsewhere = make_vault(VAULT), tmp_path / "elsewhere"
    elsewhere.mkdir()
    file(vault).parent.parent.mkdir(parents=True)
    file(vault).parent.symlink_to(elsewhere)
    both(vault)
    assert list(elsewhere.iterdir()) == []
    assert "nothing to remove" in run("clean", cwd=vault).output


def test_two_runs_at_once(make_vault: MakeVault) -> None:
    vault = make_vault({**VAULT, **{f"{n}.md": f"[[{n + 1}]]\n" for n in range(300)}})
    command = [sys.executable, "-m", "notelint", "check", "--output-format", "json"]
    running = [subprocess.Popen(command, cwd=vault, stdout=subprocess.PIPE) for _ in range(3)]
    said = {process.communicate()[0] for process in running}
    assert len(said) == 1
    assert json.loads(said.pop()) == both(vault)


def test_no_cache_writes_nothing(make_vault: MakeVault) -> None:
    vault = make_vault(VAULT)
    report(vault, "--no-cache")
    assert not file(vault).exists()


def test_clean_keeps_what_undo_needs(make_vault: MakeVault) -> None:
    vault = make_vault({"Organs/Note.md": "x\n", "A.md": "[[Organs%2FNote]]\n"})
    report(vault)
    run("fix", cwd=vault)
    assert (vault / "A.md").read_text() == "[[Organs/Note]]\n"
    assert run("clean", cwd=vault).output == "removed 1 cache.\n"
    assert not file(vault).exists()
    assert run("fix", "--undo", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[Organs%2FNote]]\n"
    run("fix", cwd=vault)
    assert run("clean", "--undo", cwd=vault).output == "removed 1 cache and 1 journal.\n"
    assert not file(vault).parent.exists()
    assert "nothing" in run("clean", cwd=vault).output


def test_every_fact_of_an_outline_can_be_kept() -> None:
    """A field that msgspec cannot write, or reads back as something else, must not be added to an outline unseen."""
    text = (
        "---\ntags: [a, {b: 1.5}]\naliases: x\nlink: '[[y]]'\nempty:\n---\n# H\n> ## N\n"
        "[[a#b|c]] [d](e.md) ![[f.png]] ^id\n\n[^1]: foot\n%% [[g]] %%\n<a id='h'></a> {#own}\n"
        "[app](obsidian://open?vault=v&file=n)\n"
    )
    outline = Note("A.md", text).outline
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(outline), type=Outline) == outline
    unset = [name for name in get_type_hints(Outline) if not getattr(outline, name)]
    assert unset == [], "fill every field here, so that it is seen to be kept"


_NAMES = ["A", "B", "Sub/A", "Sub/C", "D"]
_TEXTS = st.lists(
    st.sampled_from(
        ["[[A]]", "[[B#One]]", "[[Sub/C#^id]]", "[[Alias]]", "# One", "## Two", "text ^id", "![[p.png]]", "[x](/b/)",
         "[[C|x]]", "<!-- notelint-disable -->", "\udce9 [[Q]]", "[[A#One]] [[D#Two]]", "![[A]]", "[[ A ]]",
         "# `One` *x*", "[[A#`One` *x*]]", "[[B#One#Two]]", "[x](A)", "![[p.tiff]]", "[y](/)", "[[Sub/C|C]]",
         "%% [[A]] %%", "`%%` %%hidden%%", "![[Sub/C]] %%", "`![[B#One]]`", "![[D]]", "10 ^6", "---\n\n- ![[Sub/A]]",
     "[z](A.md#one)", "## One Two {#own}", "[r](A.md#one-two)", "[o](B.md#own)", "[f](Sub/)",
     "{% part %}", "Imaging", "## Imaging\n\nx", "Advertisement: continue reading below"]
    ),
    max_size=5,
).map("\n\n".join)  # fmt: skip
_HEADS = st.sampled_from(
    ["", "---\naliases: [Alias]\n---\n", '---\n{"dg-publish":true,"permalink":"/b/"}\n---\n',
     "---\npermalink: /b/\n---\n",
     "---\ndg-publish: true\n---\n", "---\ndg-publish: true\ndg-home: true\n---\n",
     "---\ntype: disease\n---\n",
     "---\ndg-publish: 'no'\ndg-show-toc: false\n---\n", "---\ndg-publish: true\ndg-permalink: 404\n---\n",
     "---\nbad: [\n---\n", "---\nnotelint: {ignore: [broken-link]}\n---\n"]
)  # fmt: skip
_SETTINGS = {
    "notelint.toml": (
        "",
        'extend-select = ["publishing", "case-mismatch"]\n',
        'resolution = "digital-garden"\n',
        'resolution = "digital-garden-site"\nextend-select = ["publishing"]\n',
        'resolution = "github"\n',
        'ignore = ["broken-link"]\n[severity]\nambiguous-link = "error"\n',
        'exclude = ["Sub/**"]\n',
        '[[custom]]\nid = "no-one"\nmessage = "no"\nforbid-pattern = "One"\n',
        "[checkers.empty-section]\neverywhere = true\n",
    ),
    ".obsidian/app.json": ("{}", '{"userIgnoreFilters": ["Sub/"]}', '{"attachmentFolderPath": "Sub"}'),
    ".obsidian/plugins/digitalgarden/data.json": ("{}", '{"pathRewriteRules": "Sub:s"}', '{"slugifyEnabled": false}'),
    ".gitignore": ("", "B.md\n"),
}
_STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(_NAMES), st.tuples(_HEADS, _TEXTS).map("".join)),
    st.tuples(st.just("delete"), st.sampled_from(_NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(_NAMES), st.sampled_from(_NAMES)),
    st.tuples(st.just("sneak"), st.sampled_from(_NAMES), st.sampled_from(["[[A]]", "[[Z]]", "# One", "# Two"])),
    st.tuples(st.just("age"), st.just(""), st.just("")),
    st.tuples(st.just("picture"), st.sampled_from(["p.png", "p.tiff", "A.png"]), st.sampled_from(["", "gone"])),
    st.tuples(st.just("settings"), st.sampled_from(list(_SETTINGS)), st.integers(0, 9).map(str)),
    st.tuples(st.just("check"), st.sampled_from(_NAMES), st.just("")),
)


def _step(vault: Path, what: str, name: str, text: str) -> None:
    note = vault / f"{name}.md"
    if what == "write":
        note.write_bytes(text.encode("utf-8", "surrogateescape"))
    elif what == "delete":
        note.unlink(missing_ok=True)
    elif what == "rename" and note.exists():
        note.replace(vault / f"{text}.md")
    elif what == "sneak" and note.exists():
        stat = note.stat()
        note.write_text(text.ljust(stat.st_size)[: stat.st_size])
        os.utime(note, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    elif what == "age" and file(vault).exists():
        age(vault)
    elif what == "picture" and text:
        (vault / name).unlink(missing_ok=True)
    elif what == "picture":
        (vault / name).write_bytes(b"")
    elif what == "settings":
        (vault / name).parent.mkdir(parents=True, exist_ok=True)
        (vault / name).write_text(_SETTINGS[name][int(text) % len(_SETTINGS[name])])
    elif what == "check" and note.exists():
        both(vault, f"{name}.md")


@pytest.mark.slow
@pytest.mark.parametrize("few", [0, 1000], ids=["written", "seldom written"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(_STEPS, min_size=3, max_size=12))
def test_cached_and_uncached_runs_are_always_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, steps: list[tuple[str, str, str]]
) -> None:
    monkeypatch.setattr(incremental, "_few", lambda notes: few)
    vault = tmp_path / "vault"
    shutil.rmtree(vault, ignore_errors=True)
    (vault / "Sub").mkdir(parents=True)
    (vault / ".obsidian").mkdir()
    (vault / "A.md").write_text("[[B]]\n")
    for step in steps:
        _step(vault, *step)
        both(vault)


def test_outlines_of_a_large_vault_are_set_aside(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault(VAULT)
    expected = report(vault, "--no-cache")
    monkeypatch.setattr("notelint.engine.cache._MANY", 1)
    assert report(vault, "--no-cache") == expected
    assert both(vault) == expected
    assert both(vault) == expected
    monkeypatch.setattr("tempfile.TemporaryFile", _full)
    assert report(vault, "--no-cache") == expected


def _full(**_options: int) -> None:
    raise OSError(errno.ENOSPC, "no space left")


def test_what_is_let_go_of_in_a_circle_is_closed_first(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file warns if it goes before what would have closed it: in a circle, nobody says which goes first."""
    vault = make_vault(VAULT)
    report(vault)
    warned: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", warned.append)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        kept = cache.Cache(file(vault).parent, cache.Key("", str))
        gc.freeze()
        kept.load()
        assert not kept.entries  # it is for another key, and open all the same
        vars(kept)["itself"] = kept
        gc.collect()
        gc.unfreeze()  # puts the cache behind the file
        del kept
        gc.collect()
    assert warned == []


def test_an_encoded_link_is_judged_again_when_its_file_comes_and_goes(make_vault: MakeVault) -> None:
    """Others than Obsidian decode `%2C` (UR1): the file is sought by its name, and by what the link says."""
    notes: dict[str, str | bytes] = {
        "A.md": "[a](a%2Cb.md) [q](b%3Fc.md?raw=1)\n",
        **{f"{n}.md": "x\n" for n in range(5)},
    }
    vault = make_vault(notes)
    found = [len(both(vault)["diagnostics"])]
    for name in ("a,b.md", "b?c.md"):
        (vault / name).write_text("x\n", "utf-8")
        found.append(len(both(vault)["diagnostics"]))
    (vault / "a,b.md").unlink()
    assert [*found, len(both(vault)["diagnostics"])] == [2, 1, 0, 1]
