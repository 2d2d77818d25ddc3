"""Corpora to measure with: the sample notes multiplied, of the sizes and with the links of real vaults.

Every path and every name is unique. Links lead to notes of the same copy or of another one; one in two hundred is
dead, unless another state of the vault is asked for. Sizes follow a lognormal distribution (median about 2 KB, one note
in a hundred above 20 KB), filled with the notes' own sections. The same number of notes in the same state gives the
same corpus, byte by byte.
"""

import random
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

SAMPLE = Path(__file__).parents[1] / "notes"
_WIKILINK = re.compile(r"(?<=\[\[)([^\[\]|#\\\n]+?)(?=[|#\\\]])")
_BARE = re.compile(r"(?<=[^\[\]|#\\\n])\]\]")
_MARKDOWN_LINK = re.compile(r"(\]\(<?|\]: )([^()<>#:\n]+?)\.md")
_DG_PATH = re.compile(r'(dg-path"?: ?"?[^"\n]+?)(?=\.md)')
_PERMALINK = re.compile(r'("permalink":"[^"]+?)(?=/")')
_ADDRESS = re.compile(r"(?<=\]\()/(\w+)/([\w-]+)/(?=\))")
_HOME = re.compile(r"^dg-home: true\n", re.M)
_OWN_BLOCK = re.compile(r"^.*\[\[#.*$|[ \t]\^[\w-]+$", re.M)
_FRONTMATTER = re.compile(r"---\n.*?\n---\n", re.S)
_ELSEWHERE = 0.3  # of the links lead to another copy
_SCRIPTS = (
    "абвгдеёжзиклмнопрстуфхцчшщыэюя",
    "กขคงจฉชซญดตถทนบปผพมยรลวสหอ",
    "脑肝肺肾骨影像病变诊断信号",
    "äöüßéèêàçñøå",
)
_WEB = 6  # links to the web in a note that has some
_ROWS = 15_000  # lines of a large table
_LARGE = 300_000  # characters of a large note


@dataclass(frozen=True)
class State:
    """The state that a vault is in: shares of notes or links, from 0 to 1, and numbers of notes."""

    dead: float = 0.005  # of the links lead nowhere
    web: float = 0.0  # of the notes have links to the web
    source: float = 0.0  # of the notes have a property `source`
    scripts: float = 0.0  # of the notes are written in other than Latin letters too
    tables: int = 0  # notes that are a table of 15,000 lines
    large: int = 0  # notes of 300 KB
    headings: float = 0.0  # of the wikilinks name a heading that is nowhere
    line_end: str = "\n"


STATES = {
    "clean": State(),
    "dead links": State(dead=0.5),
    "dead headings": State(headings=0.5),
    "CR LF": State(dead=0.05, source=0.94, line_end="\r\n"),
    "web clippings": State(web=0.96, source=0.94),
    "other scripts": State(scripts=0.9, dead=0.05),
    "large tables": State(tables=20),
    "large notes": State(large=40),
    "everything": State(dead=0.5, web=0.96, source=0.94, scripts=0.5, tables=5, large=20),
}


def build(folder: Path, notes: int, state: State = STATES["clean"]) -> Path:
    """A vault of so many notes, in this state, in `folder`, which must not exist."""
    chance = random.Random(notes)
    samples = _samples()
    copies = -(-notes // len(samples))
    for at in range(notes):
        copy, which = divmod(at, len(samples))
        path = list(samples)[which]
        text = _Renamer(samples, copy, copies, chance, state.dead).rename(_grown(samples, path, chance))
        text = _aged(text, state, chance, at)
        target = folder / _place(path, copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    shutil.copytree(SAMPLE / ".obsidian", folder / ".obsidian")
    shutil.copytree(SAMPLE / "Attachments", folder / "Attachments")
    return folder


def multiply(vault: Path, folder: Path, notes: int) -> Path:
    """A vault of so many notes, made of copies of another one, in `folder`, which must not exist.

    Every copy has names of its own. Its links name notes of the copies; those that name no note stay as they are.
    """
    chance = random.Random(notes)
    samples = _samples(vault)
    copies = -(-notes // len(samples))
    for at in range(notes):
        copy, which = divmod(at, len(samples))
        path = list(samples)[which]
        target = folder / _place(path, copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = _Renamer(samples, copy, copies, chance, 0.0).rename(samples[path])
        target.write_bytes(text.encode("utf-8", "surrogateescape"))
    for file in sorted(path for path in vault.rglob("*") if path.is_file() and path.suffix != ".md"):
        target = folder / file.relative_to(vault)
        if ".git" not in file.parts:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return folder


def _samples(vault: Path = SAMPLE) -> dict[str, str]:
    """The notes of a vault by path; those with a layout of their own (in JSON, or of no kind) count too."""
    return {
        path.relative_to(vault).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape")
        for path in sorted(vault.rglob("*.md"))
        if "broken" not in path.relative_to(vault).parts
    }


def _place(path: str, copy: int) -> str:
    """Where a copy of a sample note stands: `GU/Kidney/Cyst.md` -> `GU 007/Kidney/Cyst 007.md`."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    top, _, below = folder.partition("/")
    parts = [f"{top or 'Notes'} {copy:03}", *([below] if below else []), f"{name} {copy:03}.md"]
    return "/".join(parts)


def _grown(samples: dict[str, str], path: str, chance: random.Random) -> str:
    """A sample note, made longer with the sections of others until it has the size that chance gives it."""
    text, wanted = samples[path], chance.lognormvariate(7.6, 1.0)
    parts, size = [text.rstrip("\n"), ""], len(text)
    while size < wanted:
        title, other = chance.choice(list(samples.items()))
        body = re.sub(r"(?m)^#", "##", _FRONTMATTER.sub("", other, count=1)).strip("\n")
        body = _OWN_BLOCK.sub("", body)
        parts.append(f"## Compare {Path(title).stem} ({len(parts) // 2})\n\n{body}\n")
        size += len(body)
    return "\n".join(parts)


def _aged(text: str, state: State, chance: random.Random, at: int) -> str:
    """A note as it is in a vault of this state. A state without extras changes nothing."""
    if state.source and chance.random() < state.source and text.startswith("---\n") and not text.startswith("---\n{"):
        text = f"---\nsource: https://example.org/articles/{at}\n{text[4:]}"
    if state.web and chance.random() < state.web:
        text += "\n" + "".join(f"- [Source {n}](https://example.org/{at}/{n})\n" for n in range(_WEB))
    if state.scripts and chance.random() < state.scripts:
        text += "".join(f"\n{_prose(chance, 80)}\n" for _ in range(len(text) // 1500 + 1))
    if at < state.tables:
        text += "\n| a | b | c |\n| --- | --- | --- |\n" + "".join(
            f"| {n} | {n * 7} mm | T{n % 3} |\n" for n in range(_ROWS)
        )
    elif at < state.tables + state.large:
        text += "".join(f"\n## Part {n}\n\n{_prose(chance, 120)}\n" for n in range(_LARGE // 1000))
    if state.headings:
        text = _BARE.sub(lambda link: f"#Nowhere {at}]]" if chance.random() < state.headings else link[0], text)
    return text.replace("\n", state.line_end)


def _prose(chance: random.Random, words: int) -> str:
    """Made-up words in one of several scripts, some in Latin letters between them."""
    letters = chance.choice(_SCRIPTS)
    made = ("".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(words))
    return " ".join(word if n % 5 else "signal" for n, word in enumerate(made)) + "."


class _Renamer:
    """Rewrites links so that they name notes of the corpus."""

    def __init__(self, samples: dict[str, str], copy: int, copies: int, chance: random.Random, dead: float) -> None:
        self._by_name = {Path(path).stem.lower(): path for path in reversed(samples)}
        self._by_path = {path.removesuffix(".md").lower(): path for path in samples}
        self._copy, self._copies, self._chance, self._dead = copy, copies, chance, dead

    def rename(self, text: str) -> str:
        text = _WIKILINK.sub(lambda match: self._target(match[1].strip()) or match[1], text)
        text = _MARKDOWN_LINK.sub(self._destination, text)
        text = _ADDRESS.sub(rf"/\1-{self._copy:03}/\2-{self._copy:03}/", text)
        text = _PERMALINK.sub(rf"\1-{self._copy:03}", _DG_PATH.sub(rf"\1 {self._copy:03}", text))
        return _HOME.sub("", text) if self._copy else text

    def _destination(self, match: re.Match[str]) -> str:
        target = self._target(unquote(match[2]))
        if target is None:
            return match[0]
        return match[1] + (target if match[1].endswith("<") else target.replace(" ", "%20")) + ".md"

    def _target(self, written: str) -> str | None:
        known = self._by_path.get(written.lower()) or self._by_name.get(written.rpartition("/")[2].lower())
        if known is None:
            return None
        copy = self._chance.randrange(self._copies) if self._chance.random() < _ELSEWHERE else self._copy
        placed = _place(known, copy).removesuffix(".md")
        if self._chance.random() < self._dead:
            placed += f" old {self._chance.randrange(9)}"
        return placed if "/" in written else placed.rpartition("/")[2]
