"""Many texts are sought in bytes at once, and found where each by itself is."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.core.regex import any_bytes

_BYTES = st.binary(max_size=4) | st.sampled_from([b"/a\n", b"\n.\n", b"(?i)a", b"\\", b"[", b"\xff", "ä".encode()])


@given(st.sets(_BYTES.filter(bool), min_size=1, max_size=30), st.lists(_BYTES, max_size=60))
def test_the_first_place_of_any_is_found(texts: set[bytes], pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    pattern = any_bytes(texts)
    places = sorted({at for text in texts for at in range(len(data)) if data.startswith(text, at)})
    for start in {0, len(data) // 2}:
        found = pattern.search(data, start)
        expected = next((at for at in places if at >= start), None)
        assert (None if found is None else found.start()) == expected
