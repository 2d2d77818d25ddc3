"""`notelint import`: saved pages become notes, and nothing else happens."""

import builtins
import datetime
import socket
from pathlib import Path
from typing import Any

import pytest

from notelint.note.frontmatter.parse import parse
from notelint.note.note import Note
from tests.conftest import MakeVault, lines, report, run

pytest.importorskip("trafilatura")

PROSE = "<p>Stones form in the gallbladder of many people, and most of them never know of it.</p>"
ADDRESS = "https://stones.example.org/articles/gallstones"
HEAD = f"""<title>Gallstones - Stone Atlas</title><meta name="author" content="Anna Writer; Ben Reader">
<meta property="og:site_name" content="Stone Atlas"><link rel="canonical" href="{ADDRESS}">
<meta property="article:published_time" content="2020-01-04T10:00:00Z">
<meta property="article:modified_time" content="2023-02-05T10:00:00Z">
<meta name="citation_doi" content="doi:10.1234/abc.5">
<link rel="license" href="https://creativecommons.org/licenses/by-nc-sa/4.0/">"""
BODY = """<nav><a href="/">Home</a> <a href="/login">Log in</a></nav><main><article><h1>Gallstones</h1>
<p>Stones form in the <a href="/articles/bile">gallbladder</a> of many people<sup><a href="#ref-1">[1]</a></sup>.</p>
<h2>Imaging</h2><p>Ultrasound shows &lt; 5 mm foci<sup><a href="#ref-2">2</a></sup>.</p>
<figure><img src="/image?id=5" alt="Stones"><figcaption>Figure 1: a stone of 8 mm</figcaption></figure>
<p><img data-src="b.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>
<table><tr><td>Kind</td><td>Share</td></tr><tr><td>Cholesterol</td><td>80 %</td></tr></table>
<blockquote><p>A stone is a stone.</p></blockquote><pre><code>x = 1
  y = 2</code></pre>
<h2>References</h2><ol><li id="ref-1">Writer A. On bile. 2001.</li><li id="ref-2">Reader B. Foci. 2002.</li></ol>
</article></main><footer>© 2023 Stone Atlas. All rights reserved.</footer>"""


def page(body: str = BODY, head: str = HEAD) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "saved.html"
    file.write_text(page(), encoding="utf-8")
    return file


def made(vault: Path, file: Path, *arguments: str) -> str:
    """The one note that an import into an empty vault makes."""
    result = run("import", file, *arguments, cwd=vault)
    assert result.exit_code == 0, result.output
    (note,) = vault.rglob("*.md")
    return note.read_text("utf-8")


def test_an_article_becomes_a_note(make_vault: MakeVault, saved: Path) -> None:
    vault = make_vault({})
    result = run("import", saved, cwd=vault)
    assert result.exit_code == 0, result.output
    assert (result.stdout, result.stderr) == (
        "",
        "notelint: wrote Gallstones.md (left out: 2 blocks, 8 words; --report lists them)\n",
    )
    text = (vault / "Gallstones.md").read_text("utf-8")
    assert (
        text
        == f"""\
---
type: imported-article
title: Gallstones
source: "{ADDRESS}"
author: [Anna Writer, Ben Reader]
site: Stone Atlas
published: 2020-01-04
revised: 2023-02-05
doi: "10.1234/abc.5"
licence: CC BY-NC-SA 4.0
accessed: {datetime.date.today().isoformat()}
---

# Gallstones

Stones form in the [gallbladder](https://stones.example.org/articles/bile) of many people[^1].

## Imaging

Ultrasound shows < 5 mm foci[^2].

![Stones](https://stones.example.org/image?id=5)

Figure 1: a stone of 8 mm

![](https://stones.example.org/articles/b.jpg)

| Kind | Share |
|---|---|
| Cholesterol | 80 % |

> A stone is a stone.

```
x = 1
  y = 2
```

## References

[^1]: Writer A. On bile. 2001.
[^2]: Reader B. Foci. 2002.
"""
    )
    assert run("fix", cwd=vault).stdout.startswith("No safe fixes to apply")
    assert {line.split()[1] for line in lines(report(vault))} == {"missing-section"}


def test_a_note_that_exists_is_never_overwritten(make_vault: MakeVault, saved: Path) -> None:
    vault = make_vault({"Gallstones.md": "mine\n"})
    result = run("import", saved, cwd=vault)
    assert result.exit_code == 2
    assert result.stderr == "notelint: Gallstones.md exists already: name another with --to, or move it away\n"
    (vault / "Link.md").symlink_to(vault / "nowhere.md")
    assert run("import", saved, "--to", "Link", cwd=vault).exit_code == 2
    assert [path.name for path in vault.glob("*.md")] == ["Gallstones.md", "Link.md"] or (
        vault / "Link.md"
    ).is_symlink()
    assert (vault / "Gallstones.md").read_text() == "mine\n"
    assert not (vault / "nowhere.md").exists()


@pytest.mark.parametrize(
    ("to", "written"),
    [("In", "In/Gallstones.md"), ("In/x", "In/x.md"), ("New/v1.2.md", "New/v1.2.md"), ("In/v1.2", "In/v1.2.md")],
)
def test_to_names_a_note_or_a_folder(make_vault: MakeVault, saved: Path, to: str, written: str) -> None:
    vault = make_vault({"In/other.txt": "x"})
    assert run("import", saved, "--to", to, cwd=vault).exit_code == 0
    assert (vault / written).is_file()


def test_nothing_is_written_outside_the_vault(make_vault: MakeVault, saved: Path, tmp_path: Path) -> None:
    vault = make_vault({"notelint.toml": ""})
    (vault / "out").symlink_to(tmp_path)
    assert run("import", saved, "--to", "out/x.md", cwd=vault).exit_code in (0, 2)
    title = page(BODY.replace("<h1>Gallstones", "<h1>../../a/..\\b: [c]^#|d?"), "<title>../../a/..\\b</title>")
    saved.write_text(title, encoding="utf-8")
    assert run("import", saved, cwd=vault).exit_code == 0
    assert [path.parent for path in vault.glob("*.md")] == [vault]
    assert sorted(path.name for path in tmp_path.parent.glob("*.md")) == []


def test_the_network_is_never_touched(
    make_vault: MakeVault, saved: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*arguments: Any, **more: Any) -> Any:
        raise AssertionError("the network was touched")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    vault = make_vault({})
    made(vault, saved)
    address = tmp_path / "address.html"
    address.write_text("http://example.org/page")
    assert "AssertionError" not in run("import", address, "--to", "b", cwd=vault).output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("utf-8", "iso-8859-1"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("windows-1252", "iso-8859-1"),
        ("windows-1252", ""),
        ("windows-1252", "no-such-encoding"),
    ],
)
def test_encodings(make_vault: MakeVault, saved: Path, encoding: str, meta: str) -> None:
    head = f'<title>Müller’s café</title><meta charset="{meta}">' if meta else "<title>Müller’s café</title>"
    saved.write_bytes(
        page(f"<article><h1>Müller’s café</h1>{PROSE}<p>Große “Steine”</p></article>", head).encode(encoding)
    )
    text = made(make_vault({}), saved)
    assert "# Müller’s café" in text
    assert "Große “Steine”" in text


def test_other_alphabets_by_what_the_page_says(make_vault: MakeVault, saved: Path) -> None:
    body = "<article><h1>Камни</h1><p>Камни в желчном пузыре есть у многих людей.</p></article>"
    saved.write_bytes(page(body, '<meta charset="koi8-r"><title>Камни</title>').encode("koi8-r"))
    assert "Камни в желчном пузыре есть у многих людей." in made(make_vault({}), saved)


@pytest.mark.parametrize(
    ("comment", "source"),
    [
        ("<!-- saved from url=(0033)https://example.org/stones/page -->", "https://example.org/stones/page"),
        (
            "<!--\n Page saved with SingleFile\n url: https://example.org/a\n saved date: x\n-->",
            "https://example.org/a",
        ),
        ("", None),
    ],
)
def test_the_address_that_a_browser_saved(make_vault: MakeVault, saved: Path, comment: str, source: str | None) -> None:
    saved.write_text(comment + page(f"<article><h1>Stones</h1>{PROSE}</article>", "<title>Stones</title>"))
    assert Note("A.md", made(make_vault({}), saved)).properties.get("source") == source


def test_the_address_that_the_user_says_wins(make_vault: MakeVault, saved: Path) -> None:
    text = made(make_vault({}), saved, "--source", "https://other.example.org/x/y")
    assert Note("A.md", text).properties["source"] == "https://other.example.org/x/y"
    assert "https://other.example.org/articles/bile" in text


def test_hostile_pages(make_vault: MakeVault, saved: Path) -> None:
    head = '<title>a\n---\ndg-publish: true "x" \\ </title><meta name="author" content="A: [b]&#10;---&#10;c">'
    link = "<p><a href='javascript:alert(1)'>click</a></p>"
    body = f"<article><h1>Stones\x1b[2J\u202e</h1>{PROSE}{link}{'<div>' * 2000}</article>"
    saved.write_text(page(body, head), encoding="utf-8")
    vault = make_vault({})
    result = run("import", saved, "--to", "x", cwd=vault)
    assert result.exit_code == 0, result.output
    text = (vault / "x.md").read_text("utf-8")
    block = parse(text)
    assert block is not None
    assert block.fault is None
    assert "dg-publish" not in block.properties
    assert "\x1b" not in text
    assert "javascript:" not in text
    assert "\nclick\n" in text


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"just words", b"<html></html>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_page_is_reported(make_vault: MakeVault, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.html"
    file.write_bytes(content)
    result = run("import", file, cwd=make_vault({}))
    assert result.exit_code in (0, 2)
    assert "Traceback" not in result.output
    assert result.exit_code == 0 or result.stderr.count("\n") == 1


def test_without_the_extra_the_cure_is_reported(
    make_vault: MakeVault, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **more: Any) -> Any:
        if name == "trafilatura":
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    result = run("import", saved, cwd=make_vault({}))
    assert result.exit_code == 2
    assert result.stderr == "notelint: `notelint import` needs more packages: pip install 'notelint[import]'\n"


RICH = """<html><head><title>Rich</title>
<script type="application/ld+json">{"@graph": [{"license": "https://creativecommons.org/licenses/by-sa/4.0/"}]}</script>
</head><body><article><h1>Rich</h1>
<p>A first paragraph that is long enough to differ from what stands around it, and a second sentence.</p>
<ol><li>One<ul><li>bullet<ol><li>deep</li></ol></li></ul></li><li>Two</li></ol>
<table><caption>Sizes</caption><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
<pre class="x"><code class="hljs language-python">def f():<br>    return "```"

  # end
</code></pre>
<pre>plain
    indented</pre>
<p>With <math><msup><mi>c</mi><mn>2</mn></msup></math>,
<math><mroot><mi>x</mi><mn>3</mn></mroot><mo>+</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></math>,
<script type="math/tex">a_1</script> and
<math><semantics><mi>q</mi><annotation encoding="application/x-tex">q^2</annotation></semantics></math> behind.</p>
<dl><dt>Term <i>one</i></dt><dd>means this</dd><dd>or that</dd><dt>Two</dt><dd>means more</dd></dl>
<p>Cited<a href="#fn1"><sup>1</sup></a>.</p>
<h2>Notes</h2><ol><li id="fn1">A note of the article.</li></ol>
</article></body></html>"""
RICH_NOTE = """
1. One
   - bullet
     1. deep
2. Two

Sizes

| a | b |
|---|---|
| 1 | 2 |

````python
def f():
    return "```"

  # end
````

```
plain
    indented
```

With $c^{2}$, $\\sqrt[3]{x} + \\frac{a}{b}$, $a_1$ and $q^2$ behind.

- **Term *one***: means this; or that
- **Two**: means more

Cited[^1].

## Notes

[^1]: A note of the article.
"""


def test_lists_code_mathematics_terms_and_notes_of_a_page_stay(make_vault: MakeVault) -> None:
    vault = make_vault({"page.html": RICH})
    assert run("import", "page.html", "--to", "A.md", cwd=vault).exit_code == 0
    note = (vault / "A.md").read_text("utf-8")
    assert "licence: CC BY-SA 4.0\n" in note
    assert note[note.index("\n1. One") :].rstrip() == RICH_NOTE.rstrip()
    assert run("fix", "A.md", cwd=vault).stdout.startswith("No safe fixes to apply")
