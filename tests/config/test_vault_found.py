"""The vault that is meant, its kind, and the place where `init` writes: one answer for every command."""

import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from notelint.config.find_vault import find_root
from notelint.config.load import load
from notelint.core.errors import NotelintError
from notelint.vault.files import walk
from notelint.vault.link_rules import ResolutionProfile
from tests.conftest import MakeVault, lines, report, run

pytestmark = pytest.mark.slow

ON = "---\ndg-publish: true\n---\n"
PLUGIN = ".obsidian/community-plugins.json"
SETTINGS = ".obsidian/plugins/digitalgarden/data.json"
JSON_NOTE = '---\n{{"dg-publish":true,"permalink":"{0}"}}\n---\n\nText of some length.\n'


def lay_out(root: Path, files: dict[str, str], *, repository: bool = False) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    if repository:
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


def kind(root: Path) -> ResolutionProfile:
    return load(root).config.resolution


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({".eleventy.js": "", "src/site/notes/A.md": ""}, "digital-garden-site"),
        ({"plugin-info.json": "{}", "netlify.toml": "", "src/site/notes/A.md": ""}, "digital-garden-site"),
        ({".eleventy.js": "", "src/notes/A.md": ""}, "obsidian"),  # another site of the same generator
        ({"netlify.toml": "", "src/site/notes/A.md": ""}, "obsidian"),
        ({PLUGIN: '["dataview", "digitalgarden"]'}, "digital-garden"),
        ({SETTINGS: "{}"}, "digital-garden"),
        ({PLUGIN: '["dataview"]', SETTINGS: "{}"}, "obsidian"),  # installed, and switched off
        ({PLUGIN: "{"}, "obsidian"),
        ({PLUGIN: '["digitalgarden"]', "notelint.toml": 'resolution = "obsidian"'}, "obsidian"),
        ({PLUGIN: '["digitalgarden"]', ".eleventy.js": "", "src/site/notes/A.md": ""}, "digital-garden-site"),
        ({"A.md": ON}, "obsidian"),
    ],
)
def test_the_kind_of_a_vault_is_recognised(make_vault: MakeVault, files: dict[str, str], found: str) -> None:
    assert kind(make_vault(dict(files))) == found


def test_what_was_recognised_is_said_once_and_the_command_line_wins(make_vault: MakeVault) -> None:
    vault = make_vault({PLUGIN: '["digitalgarden"]', "A.md": f"{ON}[[B]]\n", "B.md": "x\n"})
    told = run("check", cwd=vault)
    assert told.stderr.count("resolution digital-garden because") == 1
    assert "unpublished-target" in told.stdout
    told = run("check", "--resolution", "obsidian", cwd=vault)
    assert ("because" in told.stderr, told.exit_code) == (False, 0)
    assert "resolution digital-garden because" in run("fix", cwd=vault).stderr


def test_a_plain_vault_needs_no_remark(make_vault: MakeVault) -> None:
    assert run("check", cwd=make_vault({"A.md": "x\n"})).stderr == ""


def test_the_former_name_of_an_option_warns(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": f"{ON}[[B]]\n", "B.md": "x\n"})
    for command in (["check"], ["fix", "--diff"], ["resolve", "--from", "A.md", "[[B]]"]):
        former = run(*command, "--profile", "github", cwd=vault)
        now = run(*command, "--resolution", "github", cwd=vault)
        assert former.stdout == now.stdout
        assert former.stderr == f"notelint: --profile is now called --resolution, and will go\n{now.stderr}"


def test_headings_may_be_named_by_ids_where_a_website_is_made_of_a_folder(tmp_path: Path) -> None:
    note = "# All of it\n\n## What's this?\n\n[x](#whats-this) [y](#what-is-this)\n"
    lay_out(tmp_path, {"_config.yml": "", "A.md": note})
    assert lines(report(tmp_path)) == ["A.md:5:18 broken-heading-link"]
    lay_out(tmp_path, {".obsidian/app.json": "{}"})
    assert len(lines(report(tmp_path))) == 2


def test_a_website_gives_headings_ids_of_their_own_and_makes_pages(tmp_path: Path) -> None:
    note = (
        "# A {#first}\n\n## B {: .big #second }\n\n<a id='third'></a>\n\n"
        "[x](#first) [x](#second) [x](#third) [x](B.md#first) [x](B.html) [x](tags.html#x)\n\n[y](#fourth) [z](b.png)\n"
    )
    lay_out(tmp_path, {"mkdocs.yml": "", "A.md": note, "B.md": "## Set up {#first}\n"})
    assert lines(report(tmp_path)) == ["A.md:9:1 broken-heading-link", "A.md:9:14 missing-attachment"]
    lay_out(tmp_path, {".obsidian/app.json": "{}"})
    assert len(lines(report(tmp_path))) == 8


UNMARKED = {
    "README.md": "# Up\n\n## How to begin\n\n[a](#how-to-begin) [b](docs/) [c](.github/ci.yml) [d](docs/Guide.md)\n",
    "docs/Guide.md": "# Guide\n\n## Café & bar (1.0)\n\n[a](../README.md#how-to-begin) [b](#no-such)\n",
    "old/Guide.md": "[Guide](Guide.md) [c](../docs/Guide.md#caf%C3%A9--bar-10)\n",
}


def test_where_anybody_may_read_the_notes_links_may_be_right_on_github(tmp_path: Path) -> None:
    lay_out(tmp_path, UNMARKED)
    assert lines(report(tmp_path)) == [
        "README.md:5:1 heading-id-link",
        "docs/Guide.md:5:1 heading-id-link",
        "docs/Guide.md:5:32 broken-heading-link",
        "old/Guide.md:1:19 heading-id-link",
    ]


@pytest.mark.parametrize("sign", [".obsidian/app.json", "notelint.toml", "a wikilink"])
def test_what_shows_that_obsidian_reads_the_notes_ends_the_doubt(tmp_path: Path, sign: str) -> None:
    lay_out(tmp_path, UNMARKED)
    if sign == "a wikilink":
        lay_out(tmp_path, {path: f"{text}\n[[README]]\n" for path, text in UNMARKED.items()})
    else:
        lay_out(tmp_path, {sign: "{}" if sign.endswith("json") else 'resolution = "obsidian"\n'})
    ambiguous = [] if sign == "a wikilink" else ["old/Guide.md:1:1 ambiguous-link"]  # GitHub opens the file beside it
    assert lines(report(tmp_path)) == [
        "README.md:5:1 broken-heading-link",
        "README.md:5:20 broken-link",
        "README.md:5:31 broken-link",
        "docs/Guide.md:5:1 broken-heading-link",
        "docs/Guide.md:5:32 broken-heading-link",
        *ambiguous,
        "old/Guide.md:1:19 broken-heading-link",
    ]


@pytest.mark.parametrize(
    ("heading", "id"),
    [
        ("## [0.46](https://x.org) - 2024-06-16", "046-2024-06-16"),  # Python-Markdown: hyphens once
        ("## Custom Fences", "Custom-Fences"),  # pymdownx, capitals kept
        ("## Über uns", "uber-uns"),  # without accents
        ("## Twice\n\n## Twice", "twice_1"),
        ("- **`prefix`**{ #prefix }: text", "prefix"),
        ("::: package.module", "package.module.function"),
        ('--8<-- "part.md"', "anything"),
        ("{% include part.html %}", "anything"),
    ],
)
def test_generators_give_ids_in_many_ways(tmp_path: Path, heading: str, id: str) -> None:
    lay_out(tmp_path, {"docs/mkdocs.yml": "", "A.md": f"# A\n\n{heading}\n", "B.md": f"[x](A.md#{id}) [y](#{id})\n"})
    assert lines(report(tmp_path)) == [f"B.md:1:{10 + len(id) + 2} broken-heading-link"]


def test_sphinx_has_labels(tmp_path: Path) -> None:
    note = "# A\n\n[x](some-label) [y](package.Class) ![z](none.png) [](#eq:one) [w](B.md)\n"
    lay_out(tmp_path, {"docs/conf.py": "", "docs/index.md": note})
    assert lines(report(tmp_path)) == ["docs/index.md:3:36 missing-attachment", "docs/index.md:3:63 broken-link"]
    (tmp_path / "docs" / "conf.py").rename(tmp_path / "conf.py")  # beside no page: a program of any kind
    assert "docs/index.md:3:1 broken-link" in lines(report(tmp_path))


@pytest.mark.parametrize("start", [".", "Vault", "Vault/Deep"])
def test_init_writes_where_check_looks(tmp_path: Path, start: str) -> None:
    files = {"README.md": "# A\n", "Vault/.obsidian/app.json": "{}", "Vault/Deep/A.md": "[[/Nothing]]\n"}
    lay_out(tmp_path, files, repository=True)
    before, seen = run("check", cwd=tmp_path), run("check", cwd=tmp_path / start).stdout
    assert "no note '/Nothing'" in before.stdout
    assert "vault Vault, the only one below" in before.stderr
    assert run("init", cwd=tmp_path / start).exit_code == 0
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("notelint.toml")] == [
        "Vault/notelint.toml"
    ]
    assert run("check", cwd=tmp_path).stdout == before.stdout
    assert run("check", cwd=tmp_path / start).stdout == seen
    again = run("init", cwd=tmp_path)
    assert (again.exit_code, "exists already" in again.stderr) == (2, True)


def test_several_vaults_below_a_folder_are_named(tmp_path: Path) -> None:
    lay_out(tmp_path, {f"{name}/.obsidian/app.json": "{}" for name in ("One", "In/Two")}, repository=True)
    lay_out(tmp_path, {"One/A.md": "[[/No]]\n", "README.md": "See [[A]].\n"})
    with pytest.raises(NotelintError, match="name one of In/Two, One"):
        find_root(tmp_path)
    for command in ("check", "init", "fix"):
        assert run(command, cwd=tmp_path).exit_code == 2
    assert "no note '/No'" in run("check", "One", cwd=tmp_path).stdout
    assert run("init", "One", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "One/notelint.toml").is_file()
    assert run("check", "README.md", cwd=tmp_path).exit_code == 0  # what lies beside them sees all


def test_a_site_is_one_vault_wherever_it_is_looked_at(tmp_path: Path) -> None:
    """Obsidian may have been opened in the site's folder of notes: that does not make it a vault inside the vault."""
    files = {".eleventy.js": "", "src/site/notes/GU/A.md": "x\n", "src/site/notes/.obsidian/app.json": "{}"}
    lay_out(tmp_path / "garden", files)
    root = (tmp_path / "garden").resolve()
    assert {find_root(path) for path in (root, root / "src/site/notes", root / "src/site/notes/GU")} == {root}
    assert walk(root).nested == []
    assert walk(root).notes == ["src/site/notes/GU/A.md"]
    lay_out(tmp_path, {".obsidian/app.json": "{}"})
    assert walk(tmp_path).nested == ["garden"]  # a clone of the site in the vault is one of its own


@pytest.mark.parametrize("marker", [".obsidian/app.json", "notelint.toml", ".notelint.toml", "pyproject.toml"])
def test_notes_of_a_vault_inside_are_targets(make_vault: MakeVault, marker: str) -> None:
    inside = {f"Sub/{marker}": "[tool.notelint]\n" if marker == "pyproject.toml" else "", "Sub/Deep/Cyst.md": "# A\n"}
    note = "[[Sub/Deep/Cyst]] [x](Sub/Deep/Cyst.md) ![[Sub/scan.png]] [[Sub/Deep/Cyst#Anything]] [[Sub/No]]\n"
    vault = make_vault(
        {"Start.md": note, "Other/Cyst.md": "# B\n", "Sub/scan.png": "", "Sub/Bad.md": "[[/No]]\n", **inside}
    )
    assert lines(report(vault)) == ["Start.md:1:86 broken-link"]
    assert "not checked, as vaults of their own: Sub" in run("check", cwd=vault).stderr
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "Start.md").read_text() == note
    assert lines(report(vault, "Sub"))[0].endswith("broken-link")
    both = run("check", "Start.md", "Sub/Bad.md", cwd=vault)
    assert (both.exit_code, "a vault of its own" in both.stderr) == (2, True)


def test_a_commit_in_a_vault_inside_is_judged_in_the_vault_around(make_vault: MakeVault) -> None:
    vault = make_vault({"Start.md": "[[Sub/Cyst]] [[Sub/Stone]]\n", "Sub/notelint.toml": "", "Sub/Cyst.md": "x\n"})
    (vault / "Sub/Stone.md").write_text("y\n", "utf-8")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"], ["rm", "-q", "Sub/Stone.md"]):
        subprocess.run([*git, *arguments], cwd=vault, check=True)
    told = run("check", "--staged", "--output-format", "concise", cwd=vault)
    assert told.exit_code == 1
    assert [line for line in told.stdout.splitlines() if ".md:" in line] == [
        "Start.md:1:14: broken-link: no note 'Sub/Stone'"
    ]


def test_a_vault_with_nothing_but_vaults_inside_is_not_clean(make_vault: MakeVault) -> None:
    vault = make_vault({"Sub/.obsidian/app.json": "{}", "Sub/A.md": "[[No]]\n"})
    told = run("check", cwd=vault)
    assert (told.exit_code, "run notelint in Sub" in told.stderr) == (2, True)


def test_a_note_that_moves_into_a_vault_inside_is_refused(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "x\n", "Sub/.obsidian/app.json": "{}", "Sub/B.md": "x\n"})
    assert run("mv", "A.md", "Sub/A.md", cwd=vault).exit_code == 2
    assert (vault / "A.md").is_file()


def test_addresses_that_rest_on_unknown_settings_are_not_judged(make_vault: MakeVault) -> None:
    notes = {"C.md": f"{ON}x\n", "C++.md": f"{ON}[x](/gone/)\n", "404.md": f"{ON}x\n", "D.md": f"{ON}x\n"}
    notes["D.md"] = "---\ndg-publish: true\npermalink: /other/\n---\nx\n"
    notes |= {f"{n}.md": "---\ndg-publish: true\ndg-permalink: same\n---\nx\n" for n in (1, 2)}
    vault = make_vault({PLUGIN: '["digitalgarden"]', **notes})
    told = run("check", cwd=vault)
    assert {line.split()[1] for line in lines(report(vault))} == {"duplicate-permalink"}
    assert told.stdout.count("address /same/ is claimed by") == 2
    assert told.stderr.count(SETTINGS) == 1
    assert "notelint init" in told.stderr
    (vault / SETTINGS).parent.mkdir(parents=True)
    (vault / SETTINGS).write_text("{}", "utf-8")
    assert {line.split()[1] for line in lines(report(vault))} == {
        "duplicate-permalink",
        "reserved-permalink",
        "permalink-mismatch",
        "broken-permalink-link",
    }
    assert SETTINGS not in run("check", cwd=vault).stderr


def test_nothing_is_said_of_settings_that_no_note_needs(make_vault: MakeVault) -> None:
    note = "---\ndg-publish: true\ndg-permalink: a\n---\nx\n"
    vault = make_vault({PLUGIN: '["digitalgarden"]', "A.md": note, "B.md": "x\n"})
    assert "data.json" not in run("check", cwd=vault).stderr


def test_unknown_settings_are_not_reported_as_a_change_of_addresses(make_vault: MakeVault) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *arguments], cwd=vault, check=True)

    vault = make_vault(
        {PLUGIN: '["digitalgarden"]', "GU/Cyst.md": f"{ON}Of the kidney.\n", ".gitignore": "data.json\n"}
    )
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "x")
    git("mv", "GU/Cyst.md", "Renal cyst.md")
    assert lines(report(vault, "--since", "HEAD")) == []
    lay_out(vault, {SETTINGS: '{"githubToken":"t0p-secret"}'})
    assert lines(report(vault, "--since", "HEAD")) == ["Renal cyst.md:1:1 changed-permalink"]


@pytest.mark.parametrize("names", ["names", "slugs"])
def test_a_published_garden_shows_whether_names_become_slugs(tmp_path: Path, names: str) -> None:
    notes = {f"Topics/Sorting Lists {n}": f"/Topics/Sorting Lists {n}/" for n in range(12)}
    if names == "slugs":
        notes = {path: address.lower().replace(" ", "-") for path, address in notes.items()}
    notes["Topics/Base64"] = "/somewhere/"
    files = {f"src/site/notes/{path}.md": JSON_NOTE.format(address) for path, address in notes.items()}
    lay_out(tmp_path, {".eleventy.js": "", **files})
    told = run("check", "--output-format", "concise", cwd=tmp_path).stdout
    expected = "/Topics/Base64/" if names == "names" else "/topics/base64/"
    assert [line for line in told.splitlines() if ".md:" in line] == [
        "src/site/notes/Topics/Base64.md:2:32: permalink-mismatch: permalink is '/somewhere/', but by the note's path "
        f"the plugin writes {expected}"
    ]


def test_a_garden_of_two_minds_is_judged_by_neither(tmp_path: Path) -> None:
    notes = {"AbC": "/AbC/", "C D": "/c-d/", "E F": "/x/"}
    files = {f"src/site/notes/{path}.md": JSON_NOTE.format(address) for path, address in notes.items()}
    lay_out(tmp_path, {".eleventy.js": "", **files})
    told = run("check", "--output-format", "concise", cwd=tmp_path).stdout
    assert told.count("permalink-mismatch") == 1
    assert "the plugin writes /e-f/ or /E F/" in told
    lay_out(tmp_path, {"notelint.toml": "garden.slugify = true\n"})
    assert run("check", "--output-format", "concise", cwd=tmp_path).stdout.count("permalink-mismatch") == 2


def test_images_of_a_published_garden_are_where_the_site_has_them(tmp_path: Path) -> None:
    note = JSON_NOTE.format("/a/") + "\n![s](/img/user/Files/one%20scan.png) ![s](/img/user/Files/none.png)\n"
    lay_out(tmp_path, {".eleventy.js": "", "src/site/notes/A.md": note, "src/site/img/user/Files/one scan.png": ""})
    assert lines(report(tmp_path)) == ["src/site/notes/A.md:7:38 missing-attachment"]


TOKEN = "ghp_t0pS3cretOfTheGarden"
DATA = {"githubToken": TOKEN, "pathRewriteRules": "10_Notes:Notes\n\nnothing", "slugifyEnabled": False, "x": [TOKEN]}


def test_init_copies_settings_and_never_the_token(make_vault: MakeVault) -> None:
    vault = make_vault({PLUGIN: '["digitalgarden"]', SETTINGS: json.dumps(DATA), "10_Notes/My note.md": f"{ON}x\n"})
    addresses = run("permalink", "10_Notes/My note.md", cwd=vault).stdout
    written = run("init", cwd=vault)
    said = tomllib.loads((vault / "notelint.toml").read_text("utf-8"))
    assert said["garden"] == {"path-rewrite-rules": ["10_Notes:Notes"], "slugify": False}
    assert said["resolution"] == "digital-garden"
    (vault / SETTINGS).unlink()  # as in CI
    assert (
        run("permalink", "10_Notes/My note.md", cwd=vault).stdout
        == addresses
        == "10_Notes/My note.md\t/Notes/My note/\n"
    )
    assert TOKEN not in written.output
    assert TOKEN not in (vault / "notelint.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["notelint.toml", "pyproject.toml"])
def test_init_adds_settings_to_a_configuration_that_lacks_them(make_vault: MakeVault, name: str) -> None:
    table = "tool.notelint" if name == "pyproject.toml" else None
    own = (
        f"[{table}]\nignore = ['links']\n"
        if table
        else "# mine\nignore = ['links']\n\n[severity]\nbroken-link = 'info'"
    )
    vault = make_vault({PLUGIN: '["digitalgarden"]', SETTINGS: json.dumps(DATA), name: own})
    assert run("init", cwd=vault).exit_code == 0
    text = (vault / name).read_text("utf-8")
    assert text.startswith(own)
    assert TOKEN not in text
    config = load(vault).config
    assert (config.ignore, config.garden.slugify, config.garden.path_rewrite_rules) == (
        ("links",),
        False,
        ("10_Notes:Notes",),
    )
    assert run("init", cwd=vault).exit_code == 2
    (vault / SETTINGS).write_text(json.dumps({**DATA, "slugifyEnabled": True}), "utf-8")
    assert "garden.slugify is not what the plugin has" in run("check", "--allow-empty", cwd=vault).stderr


def test_the_token_reaches_no_output_and_no_file(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    vault = make_vault(
        {PLUGIN: '["digitalgarden"]', SETTINGS: json.dumps(DATA), "A.md": f"{ON}[[B]]\n", ".gitignore": "data.json\n"}
    )
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=vault, check=True)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)  # what was laid out stays to be looked at
    (vault / "notelint.toml").write_text("", "utf-8")  # a changed setting: the earlier vault is laid out
    commands = [
        "check",
        "check --since HEAD",
        "check --output-format json",
        "config",
        "publish-report",
        "init",
        "fix --diff",
    ]
    for command in commands:
        done = run(*command.split(), cwd=vault)
        assert TOKEN not in done.output + done.stderr, command
    written = [path for folder in (vault, scratch) for path in folder.rglob("*") if path.is_file()]
    holding = [path.relative_to(tmp_path).as_posix() for path in written if TOKEN.encode() in path.read_bytes()]
    assert holding == [f"vault/{SETTINGS}"]
    assert any(path.name == "data.json" for path in scratch.rglob("*"))


def test_init_copies_what_git_ignores_of_obsidian(make_vault: MakeVault) -> None:
    app = json.dumps({"attachmentFolderPath": "Files", "userIgnoreFilters": ["Old/"]})
    vault = make_vault({".obsidian/app.json": app, "A.md": "x\n"})
    subprocess.run(["git", "init", "-q"], cwd=vault, check=True)
    run("init", cwd=vault)
    assert tomllib.loads((vault / "notelint.toml").read_text("utf-8")) == {}
    (vault / "notelint.toml").unlink()
    (vault / ".gitignore").write_text(".obsidian/\n", "utf-8")
    run("init", cwd=vault)
    said = tomllib.loads((vault / "notelint.toml").read_text("utf-8"))
    assert said == {"attachments": "Files", "exclude": ["/Old/"]} or said["exclude"][0].strip("/") == "Old"


def test_resolve_does_not_guess_an_address(make_vault: MakeVault) -> None:
    vault = make_vault({PLUGIN: '["digitalgarden"]', "A.md": f"{ON}[[B]]\n", "B.md": f"{ON}x\n"})
    assert "alive, at an address" in run("resolve", "--from", "A.md", "[[B]]", cwd=vault).stdout
    told = run("publish-report", cwd=vault)
    assert "(address not known)" in told.stdout
    assert SETTINGS in told.stderr
