"""Wide folders are no vaults unless somebody says so."""

from pathlib import Path

import pytest

from notelint.server.vault_roots import can_be_vault


@pytest.mark.parametrize("folder", ["/", "/tmp", "/etc", "/proc/self", "/home", "/home/me"])
def test_folders_of_the_system_and_of_homes_are_none(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert not can_be_vault(Path(folder), ())


def test_others_are_and_wide_ones_that_are_marked_or_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "homes" / "me"
    home.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    assert can_be_vault(home / "vault", ())
    assert can_be_vault(tmp_path / "elsewhere", ())
    assert not can_be_vault(home.parent, ())
    assert can_be_vault(home.parent, [home.parent])
    assert can_be_vault(Path("/vault"), [Path("/vault")])
    (home.parent / "notelint.toml").touch()
    (home / ".obsidian").mkdir()
    assert can_be_vault(home.parent, ())
    assert not can_be_vault(home, [home])
