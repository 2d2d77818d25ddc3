"""The normalised tree of a page as Markdown in Obsidian's dialect, by markdownify."""

import re
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdownify import MarkdownConverter

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import escape
from notelint.importer.emphasis import as_html, chomp, marked
from notelint.importer.neighbours import following, is_block, preceding, starts_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLANKS = lazy_regex(r"[ \t\r\n\f\u00a0]+")
_BLANK_LINES = lazy_regex(r"\n{3,}")
_NOTES = lazy_regex(r"^(\[\^[\w-]+\]: [^\n]*)\n{2,}(?=\[\^[\w-]+\]: )", re.M)
_RULES = lazy_regex(r"^---(?:\n\n---)+$", re.M)
_RULES_AT_EDGES = lazy_regex(r"\A---\n\n|\n\n---\Z")
_BACKTICKS = lazy_regex("`+")
_MARKS_OF_CODE = lazy_regex("^(.*)\ue000(\\d+)\ue001$", re.M)
_NOT_QUOTED = lazy_regex(r"[^>\s]")
_LABEL = lazy_regex(r"[^\w-]+")
_INLINE_QUERY = ("=", "$=")  # code that Dataview would run begins so
_BRACKETED = ("a", "img", "x-noteref")  # elements that are written with a bracket first
_BLOCKS_OF_ITEM = ("p", "pre", "blockquote", "table", "x-callout")
_SENTINELS = str.maketrans("", "", "\ue000\ue001")


def convert(body: "HtmlElement") -> str:
    """The Markdown of a tree that `normalise` made."""
    from lxml import html

    written = html.tostring(body, encoding="unicode").translate(_SENTINELS)
    return Converter().markdown(written)


class Converter(MarkdownConverter):
    """markdownify's walk, with Obsidian's footnotes, callouts, mathematics, tasks, tables and marks."""

    def __init__(self) -> None:
        super().__init__(heading_style="atx", bullets="-", autolinks=False)
        self._code: list[str] = []

    def markdown(self, html: str) -> str:
        """The Markdown of HTML text."""
        soup = BeautifulSoup(html, "lxml")
        _part_lists(soup)
        _mark_loose(soup)
        text = self.convert_soup(soup)
        lines = (
            line.rstrip() if not line.endswith("  ") or not line.strip() else f"{line.rstrip()}  "
            for line in text.split("\n")
        )
        text = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
        text = _RULES_AT_EDGES.sub("", _RULES.sub("---", text))
        text = _NOTES.sub(r"\1\n", text)
        return _MARKS_OF_CODE.sub(self._expand, text)

    def _expand(self, match: re.Match[str]) -> str:
        """Code in the place that was kept for it, each line below the first as far in as this, and as much quoted."""
        first, rest = match[1], _NOT_QUOTED.sub(" ", match[1])
        lines = self._code[int(match[2])].split("\n")
        return "\n".join(
            (f"{rest if number else first}{line}").rstrip() if not line else f"{rest if number else first}{line}"
            for number, line in enumerate(lines)
        )

    def process_text(self, el: NavigableString, parent_tags: Any = None) -> str:
        """A text with its blanks made one, its marks escaped, and none at the edges of blocks."""
        tags = parent_tags or set()
        text = str(el)
        if "pre" in tags:
            return text
        text = _BLANKS.sub(" ", text)
        if "_noformat" not in tags and "x-math" not in tags:
            text = escape.text(text)
            if text.endswith("[") and isinstance(el.next_sibling, Tag) and el.next_sibling.name in _BRACKETED:
                text = f"{text[:-1]}\\["  # else `[[` would begin a wikilink
        before, after = el.previous_sibling, el.next_sibling
        if is_block(before) or (before is None and is_block(el.parent)):
            text = text.lstrip(" ")
        if is_block(after) or (after is None and is_block(el.parent)):
            text = text.rstrip(" ")
        if "_noformat" not in tags and "td" not in tags and starts_line(el):
            text = escape.line_start(text)
        return text

    def convert_a(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A link; an image within it stays one."""
        if "_noformat" in parent_tags:
            return text
        prefix, suffix, text = chomp(text)
        href = escape.address(str(el.get("href", "")))
        if not text or not href:
            return f"{prefix}{text}{suffix}"
        text = text if "![" in text else escape.label(text)
        return f"{prefix}[{text}]({href}){suffix}"

    def convert_img(self, el: Tag, text: str, parent_tags: Any) -> str:
        """An image with its alternative text."""
        alt = escape.label(escape.text(" ".join(str(el.get("alt", "")).split()))).replace("|", "\\|")
        return f"![{alt}]({escape.address(str(el.get('src', '')))})"

    def convert_br(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A line break: two blanks and a new line; `<br>` in a table."""
        if "td" in parent_tags:
            return "<br>"
        return " " if "_inline" in parent_tags else "  \n"

    def convert_strong(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Bold."""
        return marked(el, text, parent_tags, "**")

    def convert_em(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Emphasis."""
        return marked(el, text, parent_tags, "*")

    def convert_mark(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Highlighted."""
        return marked(el, text, parent_tags, "==")

    def convert_del(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Struck out."""
        return marked(el, text, parent_tags, "~~")

    def convert_sub(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Lowered, as HTML: Markdown has no sign for it."""
        return as_html("sub", text)

    def convert_sup(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Raised, as HTML."""
        return as_html("sup", text)

    def convert_kbd(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A key, as HTML."""
        return as_html("kbd", escape.text(text) if "code" not in parent_tags else text)

    def convert_code(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Code in a line; what Dataview would run becomes plain text."""
        if "pre" in parent_tags or "code" in parent_tags:
            return text
        prefix, suffix, text = chomp(text)
        if text.startswith(_INLINE_QUERY):
            return f"{prefix}{escape.line_start(escape.text(text))}{suffix}"
        if not text:
            return prefix or suffix
        fence = "`" * (max((len(run) for run in _BACKTICKS.findall(text)), default=0) + 1)
        pad = " " if text[0] == "`" or text[-1] == "`" else ""
        return f"{prefix}{fence}{pad}{text}{pad}{fence}{suffix}"

    def convert_pre(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A fenced block; a mark keeps its place until all lines around it are done."""
        code = el.get_text().rstrip("\n")
        if not code.strip():
            return ""
        longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
        fence = "`" * max(3, longest + 1)
        self._code.append(f"{fence}{el.get('language', '')}\n{code}\n{fence}")
        return f"\n\n\ue000{len(self._code) - 1}\ue001\n\n"

    def convert_p(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A paragraph; in an item that has but one, the list below it follows without an empty line."""
        if "td" in parent_tags:
            return text.strip()
        text = text.strip(" \n")
        if not text:
            return ""
        parent = el.parent
        tight = parent is not None and parent.name == "li" and not parent.get("loose")
        return f"\n{text}\n" if tight else f"\n\n{text}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Any) -> str:  # noqa: N802
        """A heading on one line."""
        text = _BLANKS.sub(" ", text).strip()
        return f"\n\n{'#' * n} {text}\n\n" if text else ""

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A quotation."""
        return _quoted(text)

    def convert_x_callout(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A callout."""
        title = escape.text(str(el.get("title", "")))
        head = f"[!{el.get('kind', 'note')}]{el.get('fold', '')} {title}".rstrip()
        return _quoted(f"{head}\n{text.strip()}")

    def convert_list(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A list; in an item it follows the text without an empty line."""
        text = text.strip("\n")
        if not text:
            return ""
        parent = el.parent
        tight = parent is not None and parent.name == "li" and preceding(el) is not None and not parent.get("loose")
        return f"\n{text}\n" if tight else f"\n\n{text}\n\n"

    convert_ul = convert_list
    convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: Any) -> str:
        """An item with its mark, what it holds as far in as the mark is wide."""
        text = text.strip("\n").strip()
        parent = el.parent
        other = parent is not None and parent.get("other")
        if parent is not None and parent.name == "ol":
            mark = f"{el.get('number', '1')}{')' if other else '.'} "
        else:
            mark = "* " if other else "- "
        if not text:
            return f"{mark.rstrip()}\n" if parent is not None and parent.name == "ol" else ""
        task = el.get("task")
        start = f"{mark}[{task}] " if task else mark
        first, *rest = text.split("\n")
        indent = " " * len(mark)
        loose = "\n" if el.get("loose") and len(rest) else ""
        return "\n".join([f"{start}{first}", *(f"{indent}{line}" if line else "" for line in rest)]) + f"\n{loose}"

    def convert_table(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A table; its first row is the head."""
        rows = [row for row in text.strip("\n").split("\n") if row.strip()]
        if not rows:
            return ""
        width = max(1, len((el.find("tr") or el).find_all("td", recursive=False)))
        return "\n\n" + "\n".join([rows[0], f"|{'---|' * width}", *rows[1:]]) + "\n\n"

    def convert_tr(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A row."""
        return f"|{text}\n"

    def convert_td(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A cell on one line, its pipes escaped."""
        inner = re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))
        return f" {inner} |"

    convert_th = convert_td

    def convert_x_math(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A formula between dollars."""
        tex = el.get_text().strip()
        if not tex:
            return ""
        if "td" in parent_tags:
            return f"${tex.replace('|', chr(92) + 'vert{}')}$"
        if el.get("display") != "block":
            return f"${tex}$"
        alone = preceding(el) is None and following(el) is None
        return f"\n\n$$\n{tex}\n$$\n\n" if alone and "_inline" not in parent_tags else f"$${tex}$$"

    def convert_x_noteref(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A reference to a footnote."""
        return f"[^{_LABEL.sub('-', el.get_text())}]"

    def convert_x_note(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A footnote; what follows its first paragraph stands indented below it."""
        first, *rest = (text.strip() or "—").split("\n")
        lines = [
            f"[^{_LABEL.sub('-', str(el.get('label')))}]: {first}",
            *(f"    {line}" if line else "" for line in rest),
        ]
        return "\n\n" + "\n".join(lines) + "\n\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A rule."""
        return "\n\n---\n\n"


def _quoted(text: str) -> str:
    text = text.strip("\n ")
    return "\n\n" + "\n".join(f"> {line}" if line else ">" for line in text.split("\n")) + "\n\n" if text else ""


def _mark_loose(soup: BeautifulSoup) -> None:
    """Mark the items that hold more than one paragraph or block beside lists, and so need empty lines."""
    for item in soup.find_all("li"):
        blocks = (isinstance(child, Tag) and child.name in _BLOCKS_OF_ITEM for child in item.children)
        if sum(blocks) > 1:
            item["loose"] = "yes"


def _part_lists(soup: BeautifulSoup) -> None:
    """Lists right behind each other get other marks: with the same they would become one."""
    for items in soup.find_all(("ul", "ol")):
        before = preceding(items)
        if isinstance(before, Tag) and before.name == items.name and not before.get("other"):
            items["other"] = "yes"
