"""Show the effect of fixes on a vault: their number, and their cost. Nothing of the vault is touched.

    python benchmarks/harm.py VAULT [VAULT ...] [--unsafe-fixes] [--diff]

Each vault is copied to a temporary folder, and fixed there by the real command. Three figures must be 0: links that
resolved before and not after, words lost outside of declared imports, notes that a second run changes. A word is lost
where a note has fewer of it than before, in its text or its frontmatter; those of links' former targets do not count.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from notelint.core.text import Span, merge
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.residue.imports import is_import
from notelint.vault.resolution import Status
from notelint.vault.vault import Vault

WORD = re.compile(r"[^\W_]+")


def command(vault: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run notelint in a vault."""
    return subprocess.run([sys.executable, "-m", "notelint", *arguments], cwd=vault, check=False, capture_output=True)


def offered(vault: Path) -> Counter[tuple[str, str]]:
    """Count the fixes that are offered, by checker and safety."""
    report = json.loads(command(vault, "check", "--no-cache", "--output-format", "json", "--since", "none").stdout)
    fixes = ((one["checker"], one.get("fix")) for one in report["diagnostics"])
    return Counter((checker, fix["safety"]) for checker, fix in fixes if fix)


def resolving(vault: Vault) -> dict[str, Counter[str]]:
    """The targets that the links of each note reach, by the note's path."""
    reached: dict[str, Counter[str]] = {}
    for path, outline in vault.outlines.items():
        found = (vault.resolve_link(link, path) for link in outline.links)
        reached[path] = Counter(one.target for one in found if one.status is not Status.MISSING and one.target)
    return reached


def words(note: Note) -> Counter[str]:
    """The words of a note, but for those of links' targets."""
    targets = merge([link.target_span for link in note.links])
    ends = [0, *(span.end for span in targets)]
    starts = [*(span.start for span in targets), len(note.text)]
    parts = (Span(end, start).of(note.text) for end, start in zip(ends, starts, strict=True))
    return Counter(WORD.findall(" ".join(parts)))


def notes_of(run: Workspace) -> dict[str, Note]:
    """The notes of a vault, by their paths."""
    return {path: run.note(path) for path in run.files.notes}


def harm(source: Path, flags: tuple[str, ...], *, diff: bool) -> int:
    """Fix a copy of a vault, print what that did, and give how much harm it was."""
    with tempfile.TemporaryDirectory() as temporary:
        vault = Path(temporary) / "vault"
        shutil.copytree(source, vault, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        (vault / ".obsidian").mkdir(exist_ok=True)
        fixes = offered(vault)
        before = Workspace.open(vault)
        notes, links = notes_of(before), resolving(before.vault)
        if diff:
            print(command(vault, "fix", "--diff", *flags).stdout.decode("utf-8", "replace"))
        said = command(vault, "fix", *flags)
        after = Workspace.open(vault)
        now, fixed = resolving(after.vault), notes_of(after)
        gone = sum(sum((count - now.get(path, Counter())).values()) for path, count in links.items())
        own = {path: note for path, note in notes.items() if not is_import(note)}
        lost = {path: words(note) - Counter(WORD.findall(fixed[path].text)) for path, note in own.items()}
        changed = sum(note.text != fixed[path].text for path, note in notes.items())
        once = {path: note.text for path, note in fixed.items()}
        command(vault, "fix", *flags)
        again = sum(note.text != once[path] for path, note in notes_of(Workspace.open(vault)).items())
    print(f"\n## {source.name}: {len(notes)} notes, {len(notes) - len(own)} of them imports, {changed} changed")
    for (checker, safety), count in sorted(fixes.items()):
        print(f"{count:7} {safety:7} {checker}")
    print(f"{gone:7} links that resolved before lead elsewhere or nowhere")
    print(f"{sum(count.total() for count in lost.values()):7} words lost outside of declared imports")
    print(f"{again:7} notes that a second run changes")
    for path, missing in lost.items():
        if missing:
            print(f"        {path}: {' '.join(missing)}"[:200])
    for line in said.stderr.decode("utf-8", "replace").splitlines():
        print(f"        {line}"[:200])
    return gone + again + sum(count.total() for count in lost.values())


def main() -> int:
    """Look at each vault; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path, nargs="+")
    parser.add_argument("--unsafe-fixes", action="store_true", help="Apply the unsafe fixes too.")
    parser.add_argument("--diff", action="store_true", help="Show every change.")
    asked = parser.parse_args()
    flags = ("--unsafe-fixes",) if asked.unsafe_fixes else ()
    return int(sum([harm(vault.resolve(), flags, diff=asked.diff) for vault in asked.vault]) > 0)


if __name__ == "__main__":
    sys.exit(main())
