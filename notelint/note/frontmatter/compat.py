"""The same block as a `frontmatter.Post`, for those who know that library."""

import json
from typing import TYPE_CHECKING, Any, Literal

from notelint.note.frontmatter.parse import parse

if TYPE_CHECKING:
    from frontmatter import Post
    from frontmatter.default_handlers import YAMLHandler


def post(text: str) -> "Post":
    """The note as python-frontmatter's `Post`, for plugin authors: with our boundaries and our YAML 1.2 values.

    A block that cannot be read gives no metadata. `frontmatter.dumps` keeps JSON in its one-line form.
    """
    import frontmatter as library

    block = parse(text)
    if block is None:  # python-frontmatter strips the text first, and would find a misplaced block
        return library.Post(text.strip())
    return library.loads(text, handler=_handler(block.form))


def _handler(form: Literal["yaml", "json"]) -> "YAMLHandler":
    from frontmatter.default_handlers import YAMLHandler

    class Handler(YAMLHandler):
        def split(self, text: str) -> tuple[str, str]:
            block = parse(text)
            if block is None:
                raise ValueError("no frontmatter")
            return text[: block.span.end], text[block.span.end :]

        def load(self, fm: str, **_: object) -> dict[str, Any]:
            block = parse(fm)
            return {} if block is None else block.properties

        def export(self, metadata: dict[str, object], **options: object) -> str:
            if form == "json":
                return json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))
            return super().export(metadata, **options)

    return Handler()
