"""Guesses are made of a page as it came: run after run, no paragraph goes because it has become the last one."""

from pathlib import Path

from tests.conftest import MakeVault, run

PAGE = (Path(__file__).parent / "scraped-news.md").read_text("utf-8")
PARAGRAPHS = (
    "The city council voted",
    "Engineers had warned",
    "chairs the transport committee",
    "Shopkeepers on the southern bank",
    "two additional lanes",
    "A new bridge could open in 2031",
)


def test_no_paragraph_goes_round_after_round_nor_run_after_run(make_vault: MakeVault) -> None:
    vault = make_vault({"Bridge.md": PAGE})
    for _ in range(3):
        run("fix", "--imported", "--unsafe-fixes", "Bridge.md", cwd=vault)
        fixed = (vault / "Bridge.md").read_text("utf-8")
        assert [start for start in PARAGRAPHS if start not in fixed] == []
    assert "Proudly powered" not in fixed


def test_guesses_that_were_not_followed_are_counted(make_vault: MakeVault) -> None:
    vault = make_vault({"Bridge.md": PAGE})
    assert "unsafe fixes: add --unsafe-fixes" in run("fix", "--imported", "Bridge.md", cwd=vault).output
