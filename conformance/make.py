"""Makes the kit from the project's own vectors, so that nothing is written twice: `python conformance/make.py`.

Writes `cases.jsonl` and the small vaults below `vaults/`.
"""

import json
import shutil
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parent / "tests" / "data" / "vectors" / "links.json"
RULES = HERE.parent / "docs" / "link-rules.md"
VERSION = 1
STATUS = {"text": "text", "elsewhere": "external"}


def main(folder: Path = HERE) -> None:
    """Write the kit into a folder."""
    table = json.loads(VECTORS.read_text("utf-8"))
    shutil.rmtree(folder / "vaults", ignore_errors=True)
    sources = {(one["vault"], one["from"]) for one in table["resolution"]}
    for name, files in table["vaults"].items():
        notes = {path: {} for vault, path in sources if vault == name} | files
        _write_vault(folder / "vaults" / name, {path: one for path, one in notes.items() if path not in _twins(files)})
    (folder / "rules.md").write_text(rules(RULES.read_text("utf-8")), "utf-8")
    rows = [json.dumps(case, ensure_ascii=True) for case in cases(table)]
    (folder / "cases.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


def rules(page: str) -> str:
    """The rules that cases name, as the project's page explains them, a line each."""
    lines = [f"# Rules of the kit, version {VERSION}", ""]
    for row in page.splitlines():
        ids, _, text = row.strip("| ").partition(" | ")
        if row.startswith("| ") and ids[:1].isupper() and ids[1:2].isdigit():
            lines.append(f"- {', '.join(f'**{id}**' for id in ids.split(', '))}: {text}")
    return "\n".join(lines) + "\n"


def cases(table: dict[str, Any]) -> list[dict[str, Any]]:
    """All cases of links, in the order of the vectors; those about names that some file systems cannot hold are out."""
    made = []
    for at, one in enumerate(table["resolution"]):
        twins = _twins(table["vaults"][one["vault"]])
        means = one["means"]
        if one.get("by_order") or (isinstance(means, list) and twins & {*means, one["from"]}):
            continue
        status = STATUS[means] if isinstance(means, str) else ("missing", "resolved", "ambiguous")[min(len(means), 2)]
        made.append(
            {
                "version": VERSION,
                "id": f"{one['rule']}-{at:03}",
                "rule": one["rule"],
                "known": one["known"],
                "vault": one["vault"],
                "source": one["from"],
                "link": one["markdown"],
                "status": status,
                "target": means[0] if isinstance(means, list) and means else None,
            }
        )
    return made


def _twins(files: dict[str, Any]) -> set[str]:
    """Paths that differ in capitals only: not every file system can hold both."""
    keys = [path.lower() for path in files]
    return {path for path in files if keys.count(path.lower()) > 1}


def _write_vault(root: Path, files: dict[str, Any]) -> None:
    (root / ".obsidian").mkdir(parents=True)
    (root / ".obsidian" / "app.json").write_text("{}\n")
    for path, one in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(_note(one) if path.endswith(".md") else "", "utf-8")


def _note(one: dict[str, Any]) -> str:
    aliases = f"---\naliases: {json.dumps(one['aliases'], ensure_ascii=False)}\n---\n\n" if one.get("aliases") else ""
    parts = [f"{heading}\n\nText." for heading in one.get("headings", [])] or ["Text."]
    parts += [f"A line of its own. ^{block}" for block in one.get("blocks", [])]
    parts += [f"A remark.[^{name}]\n\n[^{name}]: Its text." for name in one.get("footnotes", [])]
    return aliases + "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
