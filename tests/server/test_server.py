"""A session with the server, as an editor has it: through the real command, over its stdin and stdout."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notelint.core.text import Span
from notelint.server.positions import Positions
from tests.conftest import MakeVault, report
from tests.server.client import Client, at

FILES: dict[str, str | bytes] = {
    "Kidney.md": "# Kidney\n\n## Imaging\n\nText.\n",
    "Start.md": "# Start\n\n😀 [[Kidny]] and [[Kidney#Imaging]].\n",
}


@pytest.fixture
def client(make_vault: MakeVault) -> Iterator[Client]:
    one = Client(make_vault(FILES))
    yield one
    assert one.end() == 0


def root_of(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.mark.slow
def test_diagnostics_are_those_of_check_and_unsaved_texts_count(client: Client, tmp_path: Path) -> None:
    root = root_of(tmp_path)
    start, kidney = client.open(root / "Start.md"), client.open(root / "Kidney.md")
    client.wait()
    expected = [d["checker"] for d in report(root, "Start.md")["diagnostics"]]
    assert expected
    assert [d["code"] for d in client.published[start]] == expected
    assert client.published[start][0]["range"]["start"] == at(2, 3)  # in UTF-16
    client.change(kidney, "# Kidney\n\n## Pictures\n")
    client.wait()
    assert "broken-heading-link" in [d["code"] for d in client.published[start]]


@pytest.mark.slow
def test_a_fix_and_a_definition_name_their_places(client: Client, tmp_path: Path) -> None:
    start = client.open(root_of(tmp_path) / "Start.md")
    document = {"textDocument": {"uri": start}}
    place = {"start": at(2, 5), "end": at(2, 5)}
    found = client.ask("textDocument/codeAction", {**document, "range": place, "context": {"diagnostics": []}})
    edits = [one["edit"]["documentChanges"][0]["edits"] for one in found]
    assert [{"range": {"start": at(2, 5), "end": at(2, 10)}, "newText": "Kidney"}] in edits
    there = client.ask("textDocument/definition", {**document, "position": at(2, 20)})
    assert there["uri"].endswith("/Kidney.md")
    assert there["range"]["start"] == at(2, 3)


@pytest.mark.slow
def test_no_fix_is_offered_that_breaks_a_link_of_an_unsaved_note(make_vault: MakeVault, tmp_path: Path) -> None:
    note = "---\ntype: disease\n---\n## Concept\nx\n## Causes\nx\n## Imaging features\nx\n## Differentials\nx\n"
    profile = 'select = ["noncanonical-heading"]\n'
    client = Client(make_vault({"Cyst.md": note, "Other.md": "# Other\n", "notelint.toml": profile}))
    root = root_of(tmp_path)
    cyst, other = client.open(root / "Cyst.md"), client.open(root / "Other.md")
    try:
        client.wait()
        assert len(client.published[cyst]) == 1
        assert client.published[cyst][0]["codeDescription"]["href"].endswith("/noncanonical-heading/")
        assert [one["title"] for one in client.fixes(cyst)][:1] == ["Call it 'Imaging' (unsafe)"]
        client.change(other, "# Other\n\n[[Cyst#Imaging features]]\n")
        assert [one["title"].split()[0] for one in client.fixes(cyst)] == ["Suppress", "Suppress"]
        assert client.fixes(cyst, "source.fixAll") == []
    finally:
        client.end()


@pytest.mark.slow
def test_malformed_messages_do_not_end_it(client: Client, tmp_path: Path) -> None:
    for body in (b"{", b"[]", b"null", b'"x"', b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":7}'):
        client.send(body)
    client.tell("no/such/method", {"a": 1})
    assert client.ask("no/such/request", {}) is None
    start = client.open(root_of(tmp_path) / "Start.md")
    client.wait()
    assert start in client.published


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_and_offsets_are_each_others_inverse(encoding: str) -> None:
    text = "a😀é\r\n\u2028b\rc\n"
    places = Positions(text, encoding)
    for offset in (0, 1, 2, 3, 5, 6, 7, 8, 9, 10):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert places.offset(places.position(offset)) == offset
    assert places.range(Span(0, 2)).end.character == {"utf-8": 5, "utf-16": 3, "utf-32": 2}[encoding]
