"""Values of notes as bytes: the form in which they travel between processes and lie in the cache."""

from msgspec import msgpack

from notelint.core.diagnostic import Diagnostic
from notelint.note.suppressions import Rule

NOT_PACKABLE = (UnicodeEncodeError, OverflowError)  # bytes that are not UTF-8, numbers beyond 64 bits
pack = msgpack.Encoder().encode
unpack_diagnostics = msgpack.Decoder(list[Diagnostic]).decode
unpack_rules = msgpack.Decoder(list[Rule]).decode


def pack_or_nothing(value: object) -> bytes:
    """The bytes of a value; none of None, and of a value that has no such form (`NOT_PACKABLE`)."""
    try:
        return b"" if value is None else pack(value)
    except NOT_PACKABLE:
        return b""
