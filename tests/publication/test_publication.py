"""`notelint publish-report`, and the option --resolution."""

import json

from tests.conftest import MakeVault, run

ON = "---\ndg-publish: true\n---\n"
SETTINGS: dict[str, str | bytes] = {
    ".obsidian/plugins/digitalgarden/data.json": "{}",
    ".obsidian/community-plugins.json": "[]",
}
VAULT: dict[str, str | bytes] = {
    **SETTINGS,
    "GU/Kidney.md": f"{ON}[[Cyst]] [[Cyst|again]] [[Stone]] ![[Private]]\n",
    "GU/Stone.md": "---\ndg-publish: true\npatient: 7\ndg-hide: true\n---\n[[Cyst]] [[Refused]]\n",
    "Cyst.md": "[[Refused]] [[Nowhere]] [[Stone]] [[Cyst]]\n",
    "Refused.md": "---\ndg-publish: false\n---\n",
    "Private.md": "Mr X\n",
    "Home.md": "---\ndg-publish: true\ndg-home: true\n---\n[[Kidney]]\n",
}


def asked(vault: object, *options: str) -> dict[str, object]:
    done = run("publish-report", "--output-format", "json", *options, cwd=vault)  # type: ignore[arg-type]
    assert done.exit_code == 0, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_which_notes_are_published_and_where(make_vault: MakeVault) -> None:
    found = asked(make_vault(VAULT))
    assert found["summary"] == {"published": 3, "notes": 6}
    notes = {note["path"]: note for note in found["notes"]}  # type: ignore[attr-defined]
    assert {path: note["address"] for path, note in notes.items()} == {
        "GU/Kidney.md": "/gu/kidney/",
        "GU/Stone.md": "/gu/stone/",
        "Home.md": "/",
    }
    assert notes["GU/Stone.md"]["properties"] == ["patient"]
    assert [one["about"] for one in notes["GU/Kidney.md"]["leaks"]] == ["Private.md"]
    assert [one["about"] for one in notes["GU/Kidney.md"]["breaks"]] == ["Cyst.md", "Cyst.md"]
    assert notes["Home.md"]["breaks"] == []


def test_what_to_publish_next(make_vault: MakeVault) -> None:
    """Ranked by links. Of the dead links that a note brings, those to itself and to notes ranked before count not."""
    vault = make_vault(VAULT)
    assert asked(vault)["wishes"] == [
        {"path": "Cyst.md", "links": 3, "notes": 2, "brings": 2, "refused": False, "besides": []},
        {"path": "Refused.md", "links": 1, "notes": 1, "brings": 0, "refused": True, "besides": []},
    ]
    assert len(asked(vault, "--top", "1")["wishes"]) == 1  # type: ignore[arg-type]


def test_for_people(make_vault: MakeVault) -> None:
    vault = make_vault(VAULT)
    done = run("publish-report", cwd=vault)
    assert done.exit_code == 0
    assert done.stdout.startswith("What leaks:\n  GU/Kidney.md:4:35 publishes all the text of 'Private.md'")
    assert "  patient  in GU/Stone.md\n" in done.stdout
    assert "    leads to what is not published: Cyst.md (4:1, 4:10)\n" in done.stdout
    assert "Publish these 2 notes and 4 dead links come alive:\n" in done.stdout
    assert "     3  in 2 notes: Cyst.md (with 2 dead links of its own)\n" in done.stdout
    assert "     1  in 1 note: Refused.md (dg-publish is set to false)\n" in done.stdout
    assert done.stdout.endswith("3 of 6 notes would be published: 1 note leaks, 4 things break in 2 notes.\n")
    assert "Home.md" not in run("publish-report", "--problems", cwd=vault).stdout
    markdown = run("publish-report", "--output-format", "markdown", cwd=vault).stdout
    assert "| `Cyst.md` (with 2 dead links of its own) | 3 | 2 |\n" in markdown
    assert "| `/gu/stone/` | `GU/Stone.md` |  | 2 | `patient` |\n" in markdown


def test_what_keeps_the_site_from_being_built(make_vault: MakeVault) -> None:
    note = "---\ndg-publish: true\ndg-permalink: x\n---\n"
    vault = make_vault({**SETTINGS, "A.md": note, "x.md": ON, "404.md": ON, "B.md": ON})
    told = run("publish-report", cwd=vault).stdout
    assert told.startswith("The site cannot be built:\n")
    assert told.count("404.md:2:13 ") == 1
    assert "    breaks " not in told
    fatal = asked(vault)["fatal"]
    assert sorted(one["checker"] for one in fatal) == [  # type: ignore[attr-defined]
        "duplicate-permalink",
        "duplicate-permalink",
        "reserved-permalink",
    ]


def test_addresses_that_differ_in_capitals_are_built(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "---\ndg-publish: true\ndg-permalink: X\n---\n", "x.md": ON})
    assert asked(vault)["fatal"] == []


def test_a_published_garden(make_vault: MakeVault) -> None:
    """Missing targets are known by the names that links give them; the repository's own files are not published."""
    head = '---\n{"dg-publish":true,"permalink":"/gu/kidney/","dg-note-properties":{"patient":7}}\n---\n'
    note = f"{head}[[GU/Cyst\\|Cyst]] [[GU/Cyst\\|x]] [[Someday\\|y]]\n"
    found = asked(make_vault({"src/site/notes/GU/Kidney.md": note, "README.md": "# The garden\n"}))
    assert [(one["path"], one["address"], one["properties"]) for one in found["notes"]] == [  # type: ignore[attr-defined]
        ("src/site/notes/GU/Kidney.md", "/gu/kidney/", ["patient"])
    ]
    wishes = [(wish["path"], wish["links"]) for wish in found["wishes"]]  # type: ignore[attr-defined]
    assert wishes == [("GU/Cyst", 2), ("Someday", 1)]


def test_what_many_notes_leak_is_said_once(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": f"{ON}![[Private]]\n", "B.md": f"{ON}![[Private]]\n", "Private.md": "Mr X\n"})
    told = run("publish-report", cwd=vault).stdout
    assert told.startswith("What leaks:\n  2 times: publishes all the text of 'Private.md'")
    assert "    A.md:4:1\n    B.md:4:1\n" in told


def test_what_a_published_garden_wants(make_vault: MakeVault) -> None:
    """Notes that are there already are not wishes; names without a path were never written; a bad address is fatal."""
    head = '---\n{{"dg-publish":true,"permalink":"{}"}}\n---\n'
    links = "[[gu/stone\\|capitals]] [[Cyst\\|there by now]] [[Someday\\|never written]]\n"
    vault = make_vault(
        {
            "src/site/notes/GU/Kidney.md": head.format("/gu/kidney/") + links,
            "src/site/notes/GU/Stone.md": head.format("/gu/stone"),
            "src/site/notes/Liver/Cyst.md": head.format("/liver/cyst/"),
            "src/site/notes/By hand.md": "Text.\n",
            "README.md": "[[No link]]\n",
        }
    )
    found = asked(vault)
    assert [one["path"] for one in found["wishes"]] == ["Someday"]  # type: ignore[attr-defined]
    assert [one["path"] for one in found["fatal"]] == ["src/site/notes/GU/Stone.md"]  # type: ignore[attr-defined]
    addresses = [one["address"] for one in found["notes"]]  # type: ignore[attr-defined]
    assert addresses == ["/notes/By hand/", "/gu/kidney/", "/gu/stone", "/liver/cyst/"]
    assert "Someday (was never written)\n" in run("publish-report", cwd=vault).stdout


def test_nothing_to_publish(make_vault: MakeVault) -> None:
    done = run("publish-report", cwd=make_vault({"A.md": "x\n"}))
    assert done.exit_code == 2
    assert "no note of this vault has `dg-publish: true`" in done.stderr


def test_vaults_that_were_left_out(make_vault: MakeVault) -> None:
    below = make_vault({"README.md": "x\n", "vault/A.md": ON, "vault/.obsidian/app.json": "{}"})
    told = run("publish-report", cwd=below).stderr
    assert "(left out, as vaults of their own: vault; name one with --vault)" in told


def test_resolve_says_where_a_link_leads_on_the_site(make_vault: MakeVault) -> None:
    vault = make_vault(VAULT)
    links = ("[[Cyst]]", "[[GU/Stone]]", "[[Nope]]")
    told = run("resolve", "--resolution", "digital-garden", "--from", "GU/Kidney.md", *links, cwd=vault).stdout
    assert told.splitlines() == [
        "[[Cyst]]: resolved, Cyst.md (rule L2); on the site /404 (unpublished)",
        "[[GU/Stone]]: resolved, GU/Stone.md (rule L6); on the site /gu/stone/",
        "[[Nope]]: missing (rule L11); on the site /404 (missing)",
    ]
    assert "on the site" not in run("resolve", "--from", "GU/Kidney.md", *links, cwd=vault).stdout


def test_check_takes_a_profile(make_vault: MakeVault) -> None:
    vault = make_vault(VAULT)
    assert "unpublished-target" not in run("check", cwd=vault).stdout
    assert "unpublished-target" in run("check", "--resolution", "digital-garden", cwd=vault).stdout
    assert "unpublished-target" not in run("check", cwd=vault).stdout  # what is cached is kept apart


def test_queries_are_not_judged(make_vault: MakeVault) -> None:
    """What a query shows comes from private notes, too: it is not said that nothing leaks, but where to look."""
    vault = make_vault(
        {
            **SETTINGS,
            "A.md": f"{ON}text\n\n```dataview\nLIST FROM #private\n```\n\n`= [[Private]].name` `= this.x` `== 1`\n",
            "B.md": f"{ON}![[Q]]\n",
            "C.md": f"{ON}`= 5` and ```dataviews\n",
            "D.md": f'{ON}`$= dv.pages("x")`\n',
            "Q.md": f"{ON}\n```dataviewjs\ndv.list(dv.pages())\n```\n",
            "Private.md": "name:: X\n",
        }
    )
    told = run("publish-report", cwd=vault).stdout
    places = "  A.md:6\n  A.md:10\n  B.md, in what it embeds\n  D.md:4\n  Q.md:5\n"
    assert told.startswith("Not judged: with Dataview, ")
    assert f"private, too:\n{places}\n" in told
    assert told.endswith(": nothing is known to leak (queries are not judged), nothing breaks.\n")
    assert "- `A.md:10`\n" in run("publish-report", "--output-format", "markdown", cwd=vault).stdout
    notes = {note["path"]: note for note in asked(vault)["notes"]}  # type: ignore[attr-defined]
    assert [notes[path]["queries"] for path in ("A.md", "B.md", "C.md")] == [[6, 10], [], []]
    assert notes["B.md"]["embedded_queries"] is True
