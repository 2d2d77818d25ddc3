"""For programs: one object."""

import json
from dataclasses import asdict

from notelint import __version__
from notelint.core.printable import in_json
from notelint.publication.report import PublishReport
from notelint.report.json import diagnostic


def render(report: PublishReport, most: int, *, all_notes: bool) -> str:
    """The report as one JSON object, in ASCII; notes without anything to tell only with `all_notes`."""
    shown = [
        note for note in report.notes if all_notes or note.leaks or note.breaks or note.is_silenced or note.has_queries
    ]
    whole = {
        "version": __version__,
        "vault": str(report.root),
        "summary": {"published": len(report.notes), "notes": report.vault_notes},
        "fatal": [diagnostic(found) for found in report.fatal],
        "notes": [
            {
                "path": note.path,
                "address": note.address,
                "properties": list(note.properties),
                "leaks": [diagnostic(found) for found in note.leaks],
                "silenced": note.is_silenced,
                "queries": list(note.queries),
                "embedded_queries": note.has_embedded_queries,
                "breaks": [diagnostic(found) for found in note.breaks],
            }
            for note in shown
        ],
        "wishes": [asdict(wish) for wish in report.wishes[:most]],
    }
    return in_json(json.dumps(whole, indent=2, ensure_ascii=True)) + "\n"
