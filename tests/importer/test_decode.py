"""Encodings: declared, however late; by their bytes; guessed with a doubt."""

import pytest

pytest.importorskip("charset_normalizer")

from notelint.importer.decode import decode

RUSSIAN = "Камни в желчном пузыре находят у каждого десятого взрослого, и большинство из них никогда не болит. " * 5
GERMAN = "Die Größe der Gänge überrascht jeden, der zum ersten Mal im Stollen steht, auch wenn er müde ist. " * 5
JAPANESE = "胆石は大人の十人に一人に見つかりますが、ほとんどの人は痛みを感じることがありません。" * 8


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (GERMAN, "windows-1252", "iso-8859-1"),
        (JAPANESE, "shift_jis", "x-sjis"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (GERMAN, "utf-8", "iso-8859-1"),
    ],
)
def test_what_a_page_declares_is_read_wherever_it_stands(text: str, encoding: str, declared: str) -> None:
    late = (
        f"<style>{'a { b: c }' * 3000}</style><meta http-equiv='Content-Type' content='text/html; charset={declared}'>"
    )
    for head in (f'<meta charset="{declared}">', late):
        found = decode(page(text, head).encode(encoding))
        assert text in found.text
        assert found.doubt is None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "windows-1251"), (GERMAN, "windows-1252"), (JAPANESE, "shift_jis"), (JAPANESE, "euc-jp")],
)
def test_what_is_not_declared_is_guessed_and_said(text: str, encoding: str) -> None:
    found = decode(page(text).encode(encoding))
    assert text in found.text
    assert found.doubt is not None
    assert found.doubt.startswith("it declares no encoding and was read as ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marks_and_zeros_tell_unicode(encoding: str) -> None:
    assert GERMAN in decode(page(GERMAN).encode(encoding)).text


def test_a_broken_character_does_not_make_another_page_of_it() -> None:
    found = decode(page(GERMAN, '<meta charset="utf-8">').encode() + b"\xff")
    assert GERMAN in found.text
    assert found.doubt is not None
    assert "UTF-8 but for 1 character" in found.doubt


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xff",
        b"\x80" * 1000,
        b"<meta charset=utf-16>x\xe4",
        b"<meta charset=zip>\xe4",
        b"<meta charset=idna>\xe4",
    ],
)
def test_nothing_makes_it_fail(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@pytest.mark.parametrize("text", ["Functions — for “efficient” looping", "胆石は大人の十人に一人に", "Привет, мир"])
def test_a_page_saved_as_utf8_twice_is_read_as_it_was(text: str) -> None:
    saved = page(text).encode().decode("latin-1").encode()
    found = decode(saved)
    assert text in found.text
    assert found.doubt is None


@pytest.mark.parametrize("text", ["It shows Ã© where é was meant", "a control \x80 alone", "Ã© and a control \x85"])
def test_what_only_looks_saved_twice_stays(text: str) -> None:
    assert text in decode(page(text).encode()).text
