"""The text of a page's bytes: by its byte order mark, as UTF-8, by what it declares, or by its looks."""

import codecs
import re
from dataclasses import dataclass

from notelint.core.lazy_regex import lazy_regex

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = lazy_regex(rb"<meta\b[^>]{0,1000}?\bcharset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)
_XML = lazy_regex(rb"^\s{0,100}<\?xml\b[^>]{0,200}\bencoding\s*=\s*[\"']([\w.:+-]{1,40})", re.I)
_MARKUP = lazy_regex(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)
_NOT_ASCII = lazy_regex(rb"[\x80-\xff]")
# What browsers read where a page declares one of these (the Encoding Standard).
_AS_BROWSERS = {
    "iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252", "ascii": "windows-1252",
    "us-ascii": "windows-1252", "iso-8859-9": "windows-1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "iso-8859-8-i": "iso-8859-8", "x-mac-cyrillic": "mac_cyrillic",
    "unicode": "utf-16", "utf8": "utf-8",
}  # fmt: skip
# Encodings that web pages without a declaration are written in.
_LIKELY = [
    "cp1252", "cp1251", "cp1250", "koi8_r", "koi8_u", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "gb18030", "gb2312",
    "big5", "euc_kr", "cp949", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_2",
    "iso8859_5", "iso8859_7", "iso8859_15",
]  # fmt: skip
# Bytes of a character of UTF-8, each read as a character of Latin-1.
_SAVED_TWICE = lazy_regex("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_C1 = lazy_regex("[\x80-\x9f]")
_CENTRAL = frozenset("cp1250 cp1254 cp1257 cp1258 iso8859_2 iso8859_15".split())  # alike but for some letters
_SIGN_IN_WORD = lazy_regex(r"[^\W\d_][¡-©«-±´-¸»-¿€‚„…†‡‰‹•™›][^\W\d_]|[^\W\d_][¹²³¼½¾¿¡£¥±¯]|[¹³£¥¯±][^\W\d_]")
_FEW = 0.002  # of a page's bytes may not be characters of the encoding that it declares
_SAMPLE = 60_000  # bytes of text from which an encoding is guessed


@dataclass(frozen=True)
class Decoded:
    """A page's text; `doubt` is a sentence for the user where the encoding was guessed, or did not fit."""

    text: str
    doubt: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a page. `declared` is the encoding that whoever sent the page named, before what stands in the page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    wide = _without_mark(data)
    if wide is not None:
        return _decoded(data, wide)
    try:
        return _once(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        misfits = error
    named = declared or _named(data)
    known = _known(named)
    if known is not None and not known.startswith("utf-"):
        found = _decoded(data, known)
        if found.text.count("\ufffd") <= len(data) * _FEW:
            return found
    if known == "utf-8" or named is None:
        nearly = data.decode("utf-8", "replace")
        broken = nearly.count("\ufffd")
        if (
            broken <= len(data) * _FEW
            and broken * 4 < len(nearly) - nearly.isascii() * len(nearly)
            and _is_mostly_utf8(data)
        ):
            return Decoded(nearly, f"it is UTF-8 but for {broken} characters (the first at byte {misfits.start})")
    return _guessed(data, named)


def _once(text: str) -> Decoded:
    """A text of UTF-8; where it was saved as UTF-8 twice, what it was before.

    Whoever saved it read UTF-8 as Latin-1: that leaves controls, which no page holds.
    """
    if _C1.search(text) is None:
        return Decoded(text)
    repaired = _SAVED_TWICE.sub(_read_again, text)
    return Decoded(repaired) if _C1.search(repaired) is None else Decoded(text)


def _read_again(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _is_mostly_utf8(data: bytes) -> bool:
    """More bytes beyond ASCII belong to characters of UTF-8 than not."""
    beyond = len(_NOT_ASCII.findall(data))
    read = sum(len(char.encode()) for char in re.findall("[^\x00-\x7f\ufffd]", data.decode("utf-8", "replace")))
    return read * 2 > beyond


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows by the zeros between the letters of its markup."""
    start = data[:400]
    if len(start) >= 8 and start.count(0) * 3 > len(start):
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    return None


def _named(data: bytes) -> str | None:
    match = _XML.search(data[:1000]) or _META.search(data)
    return match[1].decode("ascii") if match is not None else None


def _known(name: str | None) -> str | None:
    if name is None:
        return None
    name = _AS_BROWSERS.get(name.strip().lower(), name.strip().lower())
    try:
        codec = codecs.lookup(name)
        b"<".decode(name, "replace")
    except (LookupError, ValueError):
        return None  # no encoding of texts
    if not getattr(codec, "_is_text_encoding", True) or name.startswith("utf-16"):
        return "utf-8"  # who could read the declaration did not read UTF-16
    return name


def _decoded(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return Decoded(text, f"{broken} characters are not {encoding}" if broken else None)


def _is_western(sample: bytes) -> bool:
    """True if no word has a sign in it when it is read as Windows-1252, which browsers take such pages for."""
    try:
        return _SIGN_IN_WORD.search(sample.decode("cp1252")) is None
    except UnicodeDecodeError:
        return False


def _guessed(data: bytes, named: str | None) -> Decoded:
    from charset_normalizer import from_bytes

    sample = b" ".join(_MARKUP.sub(b" ", data).split())[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_LIKELY, enable_fallback=False).best() if sample else None
    encoding = best.encoding if best is not None else "windows-1252"
    if encoding in _CENTRAL and _is_western(sample):
        encoding = "windows-1252"
    why = "it declares no encoding" if named is None else f"it is not in the encoding that it declares ({named})"
    return Decoded(data.decode(encoding, "replace"), f"{why} and was read as {encoding}: check its accented letters")
