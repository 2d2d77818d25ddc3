"""Formats and sources of imports: those that are read, and those that are refused."""

import base64
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.conftest import MakeVault, run

pytest.importorskip("trafilatura")

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
) + bytes(300)
PROSE = (
    "<p>Mills turned by wind stood on every hill of that coast, and each of them ground the corn of three villages.</p>"
    "<p>Today two are left, and both of them are museums that open on Sundays in summer.</p>"
)


def page(inner: str = "", title: str = "Windmills") -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{PROSE}{inner}{PROSE}</article></body></html>"


def archive(inner: str = "<img src='cid:mill@x' alt='A mill'>") -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://mills.example/wind"
    message.make_related()
    part = EmailMessage()
    part.set_content(
        page(
            inner
            + "<p>A line = one that is so long that it has to be folded with care, say the wise — and so it is.</p>"
        ),
        subtype="html",
        cte="quoted-printable",
    )
    message.attach(part)
    image = EmailMessage()
    image.set_content(PNG, maintype="image", subtype="png", cid="<mill@x>")
    image["Content-Location"] = "https://mills.example/img/mill.png"
    message.attach(image)
    return message.as_bytes()


def test_an_archive_is_decoded_with_its_images(make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": ""})
    inner = "<img src='cid:mill@x' alt='A mill'><p><img src='https://mills.example/img/mill.png' alt='The same'></p>"
    (vault / "p.mhtml").write_bytes(archive(inner))
    assert run("import", "p.mhtml", "--to", "In/A.md", cwd=vault).exit_code == 0
    note = (vault / "In/A.md").read_text("utf-8")
    assert "source: https://mills.example/wind" in note.replace('"', "")
    assert "A line = one that is so long that it has to be folded with care, say the wise — and so it is." in note
    (stored,) = vault.rglob("*.png")
    assert stored.read_bytes() == PNG
    assert note.count(f"](attachments/{stored.name})") == 2


def test_images_beside_a_page_go_to_the_attachment_folder(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault({".obsidian/app.json": json.dumps({"attachmentFolderPath": "Files/img"})})
    saved = tmp_path / "saved"
    (saved / "Wind_files").mkdir(parents=True)
    (saved / "Wind_files" / "old mill.png").write_bytes(PNG)
    (saved / "Wind_files" / "advert.html").write_text(page(title="Advert"))
    (saved / "secret.png").write_bytes(PNG)
    (saved / "Wind_files" / "link.png").symlink_to(saved / "secret.png")
    (saved / "Wind.html").write_text(
        page(
            "<img src='./Wind_files/old%20mill.png' alt='Old'><img src='Wind_files/link.png' alt='L'>"
            "<img src='../../etc/passwd' alt='P'>"
        )
    )
    assert run("import", saved, "--to", "Notes/", cwd=vault).exit_code == 0
    assert [note.name for note in vault.rglob("*.md")] == ["Windmills.md"]
    assert [image.relative_to(vault).as_posix() for image in vault.rglob("*.png")] == ["Files/img/old mill.png"]
    assert "![Old](../Files/img/old%20mill.png)" in (vault / "Notes/Windmills.md").read_text("utf-8")
    assert "no file '../Files" not in run("check", cwd=vault).stdout


@pytest.mark.parametrize("name", ["../../evil.png", "..%2F..%2Fevil.png", "/etc/x.png", "a/../../evil.png", "con.png"])
def test_names_of_images_stay_in_the_folder(make_vault: MakeVault, name: str) -> None:
    vault = make_vault({"notelint.toml": ""})
    message = archive(f"<img src='https://mills.example/{name}' alt='x'>").replace(b"img/mill.png", name.encode())
    (vault / "p.mhtml").write_bytes(message)
    assert run("import", "p.mhtml", "--to", "A.md", cwd=vault).exit_code == 0
    assert {image.parent for image in vault.parent.rglob("*.png")} <= {vault / "attachments"}


def test_images_within_a_page_are_written_once(make_vault: MakeVault) -> None:
    data = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    broken = "data:image/png;base64," + "A" * 400
    vault = make_vault({"notelint.toml": ""})
    (vault / "p.html").write_text(
        page(f"<img src='{data}' alt='One'><p><img src='{data}' alt='Two'></p><img src='{broken}' alt='Lost one'>")
    )
    result = run("import", "p.html", "--to", "A.md", cwd=vault)
    note = (vault / "A.md").read_text("utf-8")
    assert len(list(vault.rglob("*.png"))) == 1
    assert "![One](attachments/" in note
    assert "![Two](attachments/" in note
    assert "Lost one" in note
    assert "1 image of the page could not be read: Lost one" in result.stderr


def test_images_that_did_not_come_with_a_page_are_said(make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": ""})
    (vault / "p.html").write_text(
        page("<img src='p_files/mill.png' alt='Mill'><img src='/sails.png'><img src='https://mills.example/x.png'>")
    )
    result = run("import", "p.html", "--to", "A.md", cwd=vault)
    assert "2 images of the page could not be read: Mill; /sails.png\n" in result.stderr
    assert "![Mill](p_files/mill.png)" in (vault / "A.md").read_text("utf-8")
    known = run("import", "p.html", "--to", "B.md", "--source", "https://mills.example/a", cwd=vault)
    assert "could not be read" not in known.stderr  # they are links to the web


def test_several_pages_and_folders(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "notelint.toml": "",
            "in/a.html": page(),
            "in/b.htm": page(),
            "in/deep/c.html": page(title="Water"),
            "in/x.pdf": "no",
        }
    )
    result = run("import", "in", "--to", "Notes/", cwd=vault)
    assert result.exit_code == 0
    assert sorted(note.name for note in (vault / "Notes").iterdir()) == ["Water.md", "Windmills 2.md", "Windmills.md"]
    (vault / "in/z.html").write_text("")
    again = run("import", "in/a.html", "in/z.html", "--to", "Notes", cwd=vault)
    assert again.exit_code == 2
    assert "notelint: in/z.html is empty\n" in again.stderr
    assert "2 pages of 2 not imported" in again.stderr


def test_a_page_from_stdin(make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": ""})
    assert run("import", "-", "--to", "A.md", cwd=vault, stdin=page()).exit_code == 0
    assert "Mills turned by wind" in (vault / "A.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF file: open it in a browser or a converter that writes HTML"),
        (b"PK\x03\x04rest", "is a ZIP archive or an office document: save the page as HTML"),
        (b"\x89PNG\r\n\x1a\n", "is an image"),
        (b"just words", "is not an HTML page: no element of HTML is in it"),
        (b"  \n", "is empty"),
        (b"<html><body></body></html>", "holds no text: save the page in a browser once its text is shown"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(make_vault: MakeVault, content: bytes, reason: str) -> None:
    vault = make_vault({"notelint.toml": ""})
    (vault / "x.html").write_bytes(content)
    result = run("import", "x.html", "--to", "A.md", cwd=vault)
    assert result.exit_code == 2
    assert result.stderr == f"notelint: x.html {reason}\n"
    assert not (vault / "A.md").exists()


def test_an_address_is_not_fetched(make_vault: MakeVault) -> None:
    result = run("import", "https://mills.example/wind", cwd=make_vault({}))
    assert result.exit_code == 2
    assert "save the page first, nothing is fetched" in result.stderr
