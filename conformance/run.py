"""Runs the kit against a tool, and prints its score.

    python conformance/run.py --resolver 'notelint resolve --vault {vault} --from {source} --output-format json {links}'
    python conformance/run.py --linter 'rumdl check --no-cache --flavor obsidian {file}'
    python conformance/run.py --site-linter 'notelint check -q --select publishing,links {file}'
    python conformance/run.py --lsp 'marksman server'
    python conformance/run.py --addresses 'notelint permalink --vault {vault} -- {sources}'
    python conformance/run.py --publisher 'notelint publish-report --vault {vault} --show {file}'

A resolver prints a JSON list: for each link an object with `target`, and `heading` and `block` if it knows parts. A
linter is asked about a copy of the source with the link in it, and about one with a word in its place: if it says more
of the first, it takes the link for dead. It cannot be asked for the target, nor about what is no link. A language
server is asked `textDocument/definition` behind the opening of the link. A tool for addresses prints a line for each
note, which ends with a tab and the address. A publisher prints the text that is published of a note.
"""

import argparse
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

sys.path.insert(0, str(Path(__file__).resolve().parent))
from lsp import SECONDS, Server

HERE = Path(__file__).resolve().parent
Case = dict[str, Any]
Answers = Iterator[tuple[Case, bool]]


def load(folder: Path = HERE) -> list[Case]:
    """The cases of the kit."""
    return [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]


def is_scored(case: Case) -> bool:
    """Tell whether a case counts: some rest on what a folder on a disk does not show."""
    return bool(case.get("scored", True))


def by_resolver(template: str, cases: Iterable[Case], folder: Path = HERE) -> Answers:
    """Each link with whether the tool names the very target, and the part of it, where it knows parts."""
    for (vault, source), group in _grouped(cases, "link").items():
        fields = {"vault": [str(folder / "vaults" / vault)], "source": [source]}
        out = _output(template, fields | {"links": [one["link"] for one in group]})[0]
        try:
            found = [one if isinstance(one["target"], str | None) else {} for one in json.loads(out)]
        except (ValueError, KeyError, TypeError):
            found = []
        found += [{"target": "(no answer)"}] * (len(group) - len(found))
        yield from ((case, _names(case, one)) for case, one in zip(group, found, strict=True))


def _names(case: Case, found: dict[str, Any]) -> bool:
    if found.get("target") != case["target"]:
        return False
    part = case.get("part", "not judged")
    if part == "not judged" or "heading" not in found:
        return True
    if part is None:
        return bool(found["heading"] is None and found.get("block") is None)
    named = found["heading" if part["kind"] == "heading" else "block"]
    return str(named).lower() == str(part["name"]).lower()


def is_link(case: Case) -> bool:
    """Tell whether what looks like a link is one, into the vault."""
    return case.get("status") not in ("text", "external")


def is_dead(case: Case) -> bool:
    """Tell whether a link, or the part that it names, is nowhere: in the vault, or for one of a site, there."""
    if case["kind"] == "site-link":
        return not case["lands"]
    return case["status"] == "missing" or case.get("part", "not judged") is None


def by_linter(template: str, cases: Iterable[Case], folder: Path = HERE, kind: str = "link") -> Answers:
    """Each link with whether the tool takes it for dead where it or its part is, and for alive where it is not."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch).resolve()
        shutil.copytree(folder / "vaults", root / "vaults")
        plain: dict[Path, int] = {}  # lines about a file without the link
        for case in (one for one in cases if one["kind"] == kind and is_link(one)):
            vault = root / "vaults" / case["vault"]
            file = vault / case["source"]
            text = file.read_text("utf-8")
            fields = {"vault": [str(vault)], "file": [str(file)], "source": [case["source"]]}
            said = {}
            for line in (case["link"], "Word"):
                if line != "Word" or file not in plain:
                    file.write_text(f"{text}\n{line}\n", "utf-8")
                    said[line] = sum(len(one.splitlines()) for one in _output(template, fields, vault))
            file.write_text(text, "utf-8")
            plain.setdefault(file, said.get("Word", 0))
            yield case, (said[case["link"]] > plain[file]) == is_dead(case)


def by_site_linter(template: str, cases: Iterable[Case], folder: Path = HERE) -> Answers:
    """Each link with whether the tool takes it for dead where it does not lead there on the published site.

    And each name with whether the tool says more of the note than of one with a plain name, where no link finds it.
    """
    cases = list(cases)
    yield from by_linter(template, cases, folder, "site-link")
    vault = folder / "vaults" / "names"
    known: dict[str, int] = {}
    for name in ("nm/Plain.md", *(case["source"] for case in cases if case["kind"] == "name")):
        fields = {"vault": [str(vault)], "file": [str(vault / name)], "source": [name]}
        known[name] = sum(len(one.splitlines()) for one in _output(template, fields, vault))
    for case in (one for one in cases if one["kind"] == "name"):
        yield case, (known[case["source"]] > known["nm/Plain.md"]) != case["linkable"]


def by_server(command: str, cases: Iterable[Case], folder: Path = HERE) -> Answers:
    """Each link with whether the server leads to the very target, and to the line of the part."""
    for vault in sorted({case["vault"] for case in cases if case["kind"] == "link"}):
        root = folder / "vaults" / vault
        server = Server(command, root)
        try:
            for case in (one for one in cases if one["kind"] == "link" and one["vault"] == vault):
                target, line = _defined(server, case, root)
                yield case, target == case["target"] and case.get("line", line) == line
        finally:
            server.close()


def _defined(server: Server, case: Case, root: Path) -> tuple[str | None, int | None]:
    """The file and the line to which a server leads from a link at the end of its source."""
    document = {"uri": (root / case["source"]).as_uri()}
    text = f"{(root / case['source']).read_text('utf-8')}\n{case['link']}\n"
    opened = {**document, "languageId": "markdown", "version": 1, "text": text}
    server.tell("textDocument/didOpen", {"textDocument": opened})
    at = {"line": text.count("\n") - 1, "character": case["link"].find("[") + 2}
    found = server.ask("textDocument/definition", {"textDocument": document, "position": at})
    server.tell("textDocument/didClose", {"textDocument": document})
    return _place(found, root)


def _place(found: Any, root: Path) -> tuple[str | None, int | None]:
    """The file, from the root of the vault, and the line, from 1, that a server leads to."""
    first = found[0] if isinstance(found, list) and found else found
    if not first:
        return None, None
    path = Path(unquote(urlparse(first.get("uri") or first.get("targetUri")).path))
    span = first.get("range") or first.get("targetSelectionRange") or first["targetRange"]
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path), span["start"]["line"] + 1


def by_addresses(template: str, cases: Iterable[Case], folder: Path = HERE) -> Answers:
    """Each note with whether the tool gives it its address."""
    groups: dict[str, list[Case]] = {}
    for case in (one for one in cases if one["kind"] == "address"):
        groups.setdefault(case["vault"], []).append(case)
    for vault, group in groups.items():
        fields = {"vault": [str(folder / "vaults" / vault)], "sources": [one["source"] for one in group]}
        lines = _output(template, fields)[0].splitlines()
        found = [line.rpartition("\t")[2] for line in lines] if len(lines) == len(group) else [""] * len(group)
        yield from ((case, address == case["address"]) for case, address in zip(group, found, strict=True))


def by_publisher(template: str, cases: Iterable[Case], folder: Path = HERE) -> Answers:
    """Each note with whether the text that is published of it has and lacks the words that it should."""
    for case in (one for one in cases if one["kind"] == "text"):
        vault = folder / "vaults" / case["vault"]
        fields = {"vault": [str(vault)], "file": [str(vault / case["source"])], "source": [case["source"]]}
        out = _output(template, fields)[0]
        has_all = bool(out) and all(word in out for word in case["shows"])
        yield case, has_all and not any(word in out for word in case["lacks"])


def _grouped(cases: Iterable[Case], kind: str) -> dict[tuple[str, str], list[Case]]:
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in (one for one in cases if one["kind"] == kind):
        groups.setdefault((case["vault"], case["source"]), []).append(case)
    return groups


def _output(template: str, fields: dict[str, list[str]], folder: Path | None = None) -> tuple[str, str]:
    """The output of a command, from both streams; a word that is a field stands for all of its values."""
    command: list[str] = []
    for word in shlex.split(template):
        name = word[1:-1]
        command += fields[name] if word == f"{{{name}}}" and name in fields else [_filled(word, fields)]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=False
    )
    return done.stdout, done.stderr


def _filled(word: str, fields: dict[str, list[str]]) -> str:
    for name, values in fields.items():
        word = word.replace(f"{{{name}}}", values[0])
    return word


ASKED: dict[str, Callable[..., Answers]] = {
    "resolver": by_resolver,
    "linter": by_linter,
    "site-linter": by_site_linter,
    "lsp": by_server,
    "addresses": by_addresses,
    "publisher": by_publisher,
}


def main() -> None:
    """Print the score by how the answers are known, and the cases that fail."""
    parser = argparse.ArgumentParser(description="Runs the kit against a tool.")
    kinds = parser.add_mutually_exclusive_group(required=True)
    for name in ASKED:
        kinds.add_argument(f"--{name}", metavar="COMMAND")
    parser.add_argument("--quiet", action="store_true", help="print the score alone")
    given = vars(parser.parse_args())
    (asked,) = (name for name in ASKED if given[name.replace("-", "_")])
    results = list(ASKED[asked](given[asked.replace("-", "_")], load()))
    for case, is_right in results:
        if not is_right and not given["quiet"]:
            aside = "" if is_scored(case) else " (not scored)"
            print(f"{case['id']}: {json.dumps({k: v for k, v in case.items() if k not in ('version', 'id')})}{aside}")
    scored = [(case, is_right) for case, is_right in results if is_scored(case)]
    right, every = Counter(c["known"] for c, ok in scored if ok), Counter(c["known"] for c, _ in scored)
    parts = ", ".join(f"{known} {right[known]}/{count}" for known, count in sorted(every.items()))
    print(f"{sum(right.values())} of {len(scored)} right ({parts})")


if __name__ == "__main__":
    main()
