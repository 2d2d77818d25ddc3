"""Caches and journals lie in the user's folders: nothing of them comes from a vault, or goes with one."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from notelint.core import user_folders
from notelint.core.user_folders import NoFolderError
from notelint.edits import journal_runs as journal
from notelint.engine import cache
from notelint.engine.cache_entry import CacheEntry, Stamp
from tests.conftest import MakeVault, report, run
from tests.engine.test_cache import age, file, forge
from tests.history.test_since import git

pytestmark = pytest.mark.slow

NOTES: dict[str, str | bytes] = {"A.md": "[[New%2FB]]\n", "New/B.md": "x\n"}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_nothing_is_kept_in_the_vault(make_vault: MakeVault, user_folders: Path) -> None:
    vault = make_vault(NOTES)
    before = names(vault)
    run("check", cwd=vault)
    run("fix", cwd=vault)
    run("schema", "infer", "--least", "1", cwd=vault)
    run("publish-report", cwd=vault)
    assert names(vault) == before
    assert [path.name for path in (user_folders / "cache").rglob("*.msgpack")] == [cache.FILE]
    assert len(list((user_folders / "state").rglob("journal.jsonl"))) == 1
    if os.name != "nt":
        for folder in (user_folders / "cache", user_folders / "state"):
            for inner in (folder / "vaults").rglob("*"):
                assert not inner.is_dir() or inner.stat().st_mode & 0o077 == 0


def test_what_an_earlier_version_or_a_fork_left_in_the_vault_is_never_read(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[nowhere/x]]\n", "p.sh": "#!/bin/sh\n"})
    old = vault / ".notelint_cache"
    (old / "undo").mkdir(parents=True)
    report(vault)
    shutil.copy(file(vault), old / "check.msgpack")
    forged = {"from": ".git/hooks/post-checkout", "to": "p.sh", "made": []}
    (old / "undo" / "journal.jsonl").write_text(json.dumps(forged))
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    first, second = run("check", cwd=vault), run("check", cwd=vault)
    assert ".notelint_cache is of an earlier version" not in first.stderr  # it was said by the first `report`
    assert first.stdout == second.stdout
    run("clean", "--undo", cwd=vault)
    assert run("check", cwd=vault).stderr.count(".notelint_cache is of an earlier version") == 1
    assert run("fix", "--undo", cwd=vault).exit_code == 2
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before
    assert not (vault / ".git").exists()


def test_the_configuration_names_no_folder(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "x\n"})
    for key in ("cache-dir", "cache", "state-dir"):
        (vault / "notelint.toml").write_text(f'{key} = "x"\n')
        assert run("check", cwd=vault).exit_code == 2


@pytest.mark.parametrize("where", [".", "sub", "../vault/sub/deeper"])
def test_a_folder_in_the_vault_or_its_repository_is_refused(
    where: str, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fork could bring its own cache or journal there."""
    vault = make_vault({**NOTES, "sub/C.md": "x\n"})
    before = names(vault)
    result = run("check", "--cache-dir", vault / where, cwd=vault)
    assert result.exit_code == 1
    assert "no cache is kept in" in result.stderr
    monkeypatch.setenv("NOTELINT_STATE_DIR", str(vault / where))
    result = run("fix", cwd=vault)
    assert result.exit_code == 2
    assert "where a fork could bring its own" in result.stderr
    assert names(vault) == before
    git(vault.parent, "init", "-q")
    monkeypatch.setenv("NOTELINT_CACHE_DIR", str(vault.parent / "cache"))
    run("check", cwd=vault)
    assert not (vault.parent / "cache").exists()


def test_a_folder_of_the_command_line(make_vault: MakeVault, tmp_path: Path, user_folders: Path) -> None:
    vault, elsewhere = make_vault(NOTES), tmp_path / "elsewhere"
    run("check", "--cache-dir", elsewhere, cwd=vault)
    run("fix", "--cache-dir", elsewhere, cwd=vault)
    assert [path.name for path in elsewhere.rglob("*.msgpack")] == [cache.FILE]
    assert not (user_folders / "cache").exists()
    assert list((user_folders / "state").rglob("journal.jsonl"))  # the journal stays where it is
    assert run("clean", "--cache-dir", elsewhere, cwd=vault).output == "removed 1 cache.\n"


def test_a_user_without_a_home(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is switched off in silence; what writes asks for a place, or for `--no-undo`."""
    vault = make_vault(NOTES)
    for variable in ("NOTELINT_CACHE_DIR", "NOTELINT_STATE_DIR"):
        monkeypatch.delenv(variable)
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: "~/.cache/notelint")
    monkeypatch.setattr("platformdirs.user_state_dir", lambda *_, **__: "~/.local/state/notelint")
    before = names(vault)
    result = run("check", cwd=vault)
    assert (result.exit_code, "cache" in result.stderr) == (1, False)
    result = run("fix", cwd=vault)
    assert result.exit_code == 2
    assert "set NOTELINT_STATE_DIR, or write for good with --no-undo" in result.stderr
    assert (vault / "A.md").read_text() == "[[New%2FB]]\n"
    for command in (("mv", "A.md", "C.md"), ("check", "--fix")):
        assert run(*command, cwd=vault).exit_code == 2
        assert names(vault) == before
    assert run("fix", "--no-undo", cwd=vault).exit_code == 0
    assert (vault / "A.md").read_text() == "[[New/B]]\n"
    assert names(vault) == before
    with pytest.raises(NoFolderError, match="no home folder"):
        user_folders.state_folder()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives folders away")
@pytest.mark.parametrize("what", ["another user's", "open to all", "a link"])
def test_a_journal_that_others_could_write_is_not_used(what: str, make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(NOTES)
    run("fix", cwd=vault)
    folder = user_folders.of_vault(user_folders.state_folder(), vault)
    if what == "another user's":
        os.chown(folder, 12345, 12345)
    elif what == "open to all":
        folder.chmod(0o777)
    else:
        folder.rename(tmp_path / "moved")
        folder.symlink_to(tmp_path / "moved")
    (vault / "A.md").write_text("[[New%2FB]]\n")
    assert run("fix", cwd=vault).exit_code == 2
    assert run("fix", "--undo", cwd=vault).exit_code == 2
    assert (vault / "A.md").read_text() == "[[New%2FB]]\n"


def test_a_cache_of_another_folder_counts_by_contents_only(make_vault: MakeVault, read: list[str]) -> None:
    """In a container every vault may lie at one path, with the same sizes and times."""
    vault = make_vault({"A.md": "[[B]]\n", "B.md": "text\n"})
    report(vault)
    age(vault)
    report(vault)
    moment = 1_600_000_000_000_000_000

    def stamped(entry: CacheEntry) -> None:
        """As if everything had these sizes and times."""
        stat = (vault / ("A.md" if entry.stamp.size == 6 else "B.md")).stat()
        entry.stamp = Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)

    other = vault.parent / "other"
    shutil.copytree(vault, other)
    shutil.rmtree(vault)
    other.rename(vault)
    (vault / "A.md").write_text("[[C]]\n")  # as long as before
    for name in ("A.md", "B.md"):
        os.utime(vault / name, ns=(moment, moment))
    forge(vault, stamped)
    read.clear()
    assert [d["message"] for d in report(vault)["diagnostics"]] == ["not written yet: 'C'"]
    assert set(read) == {"A.md"}  # B is known by its contents


def test_a_cache_that_is_restored_in_another_place_of_installation_counts(
    make_vault: MakeVault, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In CI notelint is installed anew for each run: its files have other times, and the same contents."""
    vault = make_vault({"A.md": "[[B]] [[C]]\n", "B.md": "text\n"})
    report(vault)
    monkeypatch.setattr("notelint.engine.cache_key._stamps", lambda files: iter(["other times"]))
    monkeypatch.setattr("notelint.engine.workspace.identity", lambda root: "another machine")
    read.clear()
    first = report(vault)
    assert read == []
    age(vault)
    assert report(vault) == first
    monkeypatch.setattr("notelint.engine.cache_key._contents", lambda files: iter([b"other code"]))
    monkeypatch.setattr("notelint.engine.cache_key._stamps", lambda files: iter(["newer times"]))
    assert report(vault) == first
    assert {"A.md", "B.md"} <= set(read)


def test_the_last_runs_are_undone_one_after_the_other(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "RUNS", 3)
    vault = make_vault({"A.md": "# H0\n"})
    for at in range(5):
        assert run("rename-heading", "A.md", f"H{at}", f"H{at + 1}", cwd=vault).exit_code == 0
    for at in (4, 3, 2):
        assert run("fix", "--undo", cwd=vault).exit_code == 0
        assert (vault / "A.md").read_text() == f"# H{at}\n"
    assert run("fix", "--undo", cwd=vault).exit_code == 2


def test_old_and_large_runs_are_forgotten(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault({"A.md": "# H0\n" + "word " * 1000})
    for at in range(3):
        run("rename-heading", "A.md", f"H{at}", f"H{at + 1}", cwd=vault)
    folder = user_folders.of_vault(user_folders.state_folder(), vault)
    first = journal.runs_of(folder)[-1]
    os.utime(first, (0, time.time() - (journal.DAYS + 1) * 86_400))
    run("rename-heading", "A.md", "H3", "H4", cwd=vault)
    assert first not in journal.runs_of(folder)
    assert len(journal.runs_of(folder)) == 3
    monkeypatch.setattr(journal, "SIZE", 6000)
    run("rename-heading", "A.md", "H4", "H5", cwd=vault)
    assert len(journal.runs_of(folder)) == 2  # the one before, whatever its size, and this


def test_undo_after_the_vault_has_moved(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    run("fix", cwd=vault)
    moved = vault.parent / "it's moved"
    vault.rename(moved)
    result = run("fix", "--undo", cwd=moved)
    assert result.exit_code == 2
    assert f"1 of 1 notes that a run in {vault} wrote" in result.stderr
    assert f"`notelint fix --undo --moved-from {vault}`" in result.stderr
    assert run("fix", "--undo", "--moved-from", vault, cwd=moved).stdout == "restored A.md\n"
    assert (moved / "A.md").read_text() == "[[New%2FB]]\n"


def test_undo_in_a_vault_that_took_the_place_of_another(make_vault: MakeVault) -> None:
    """As in containers: what the journal says of one vault changes nothing in the other."""
    vault = make_vault({**NOTES, "C.md": "c\n"})
    run("fix", cwd=vault)
    run("mv", "C.md", "D.md", cwd=vault)
    vault.rename(vault.parent / "old")
    vault = make_vault({"A.md": "another text\n", "D.md": "another note\n"})
    for _ in range(2):
        result = run("fix", "--undo", cwd=vault)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "was edited since: left as it is" in result.stderr
    assert {path.name: path.read_text() for path in vault.glob("*.md")} == {
        "A.md": "another text\n", "D.md": "another note\n"
    }  # fmt: skip


def test_clean_forgets_one_vault_or_all(make_vault: MakeVault, user_folders: Path, tmp_path: Path) -> None:
    vault = make_vault(NOTES)
    other = tmp_path / "other"
    shutil.copytree(vault, other)
    for one in (vault, other):
        run("check", cwd=one)
        run("fix", cwd=one)
    own = user_folders / "state" / "mine.txt"
    own.write_text("not of notelint")
    assert run("clean", cwd=vault).output == "removed 1 cache.\n"
    assert run("fix", "--undo", cwd=vault).exit_code == 0
    run("fix", cwd=vault)
    assert run("clean", "--all-vaults", cwd=tmp_path).output == "removed 2 caches and 2 journals.\n"
    assert run("clean", "--all-vaults", cwd=tmp_path).output == "there is nothing to remove.\n"
    assert run("fix", "--undo", cwd=other).exit_code == 2
    assert own.exists()
    assert [path.name for path in (user_folders / "state").rglob("*") if path.is_file()] == ["mine.txt"]
    assert run("clean", "--all-vaults", "--vault", vault, cwd=tmp_path).exit_code == 2


def test_starting_costs_no_module_for_the_folders() -> None:
    code = "import sys, notelint.cli.main; print('platformdirs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"
