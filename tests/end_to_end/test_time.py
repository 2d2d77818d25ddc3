"""A note costs time in proportion to its size, whatever it holds: hostile notes are doubled.

No time is compared with a number of seconds. Each step of reading, judging and fixing a note is measured in CPU time at
sizes that double; it may take somewhat more than twice as long each time, and fails only if the last and the first of
several doublings agree that it is worse, well beyond what a busy machine makes of it, and do so again. A step that does
not end is stopped, and fails. `NOTELINT_LARGEST=1048576` goes up to 1 MB, which takes an hour.
"""

import time
from collections.abc import Callable, Iterator, Mapping

import pytest
from msgspec import structs

from notelint.checkers.base import NoteChecker, VaultChecker
from notelint.checkers.registry import load_checkers
from notelint.core.diagnostic import Diagnostic
from notelint.core.text import encodable
from notelint.edits import fix_loop
from notelint.engine.lint import LintPlan, lint
from notelint.garden.template import heading_id
from notelint.note.frontmatter import parse as frontmatter
from notelint.note.links import find_wikilinks, heading_for_link, heading_key
from notelint.note.note import Note
from notelint.note.profile import Match, Profile, Section, title_key
from notelint.note.suppressions import Suppressions
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.vault import Vault
from tests.doubling import AGAIN, LITTLE, SIZES, Hostile, is_worse_than_linear, limited

pytestmark = pytest.mark.slow

PROFILE = Profile(
    "kind", match=Match(paths=("*",)), sections=(Section("Imaging", min_words=3), Section("Anatomy"), Section("Causes"))
)
WEBSITE = structs.replace(RULES[ResolutionProfile.OBSIDIAN], heading_ids=True, labels=True)
IMPORT = "---\nsource: https://example.org/a\ntype: imported\ndg-publish: true\n---\n"
GARDEN = "---\ndg-publish: true\n---\n"


HOSTILE = {
    "blanks in a destination": Hostile("[ ](", " ", ")"),
    "blanks behind a destination": Hostile("[x](a.md", " ", "b)"),
    "blanks before a title": Hostile("[x](a b.md ", "\u00a0", "'t'x)"),
    "destinations never closed": Hostile("", "[x](a b "),
    "blanks in a heading": Hostile("# a", " ", "b"),
    "tabs in a heading": Hostile("# a", "\t", "b #"),
    "no-break spaces in a heading": Hostile("# a", "\u00a0", "b"),
    "blanks in a setext heading": Hostile("a", " ", "b\n==="),
    "brackets in a heading": Hostile("# a", " (", "b"),
    "blanks in a heading that ids name": Hostile("[x](#q)\n\n# a", " ", "b"),
    "no-break spaces in a heading that ids name": Hostile("[x](#q)\n\n# a", "\u00a0", "b"),
    "braces in a heading that ids name": Hostile("[x](#q)\n\n# a", " {#b", " }c"),
    "blanks before attributes": Hostile("[x](#q)\n\n# a", " ", "{#b}"),
    "an id never closed": Hostile("{#", "a"),
    "ids of attributes": Hostile("{: ", "#a", "\n"),
    "colons behind a parenthesis": Hostile("# a (b)", " ", ": c"),
    "headings": Hostile("", "## Imaging\n\n"),
    "headings without blank lines": Hostile("", "# a\n"),
    "setext lines": Hostile("", "a\n---\n"),
    "capitals in a heading": Hostile(f"{GARDEN}# ", "A", " é <b>\n"),
    "small letters in a heading": Hostile(f"{GARDEN}# ", "a", " é <b>\n"),
    "attributes of a heading": Hostile(f"{GARDEN}# a", " ", "{x} b\n"),
    "fields in a heading": Hostile(f"{GARDEN}# ", "(a::", "\n"),
    "suppressions": Hostile("", "<!-- notelint-disable-next-line broken-link -->\n[[x]]\n"),
    "suppressions that never end": Hostile("", "%% notelint-disable broken-link %%\n[[x]]\n"),
    "reasons of suppressions that never end": Hostile("", "<!-- notelint-disable -- "),
    "ids of suppressions that never end": Hostile("", "<!-- notelint-disable a "),
    "suppressions that end": Hostile("", "%% notelint-disable a %%\n%% notelint-enable b %%\n"),
    "ids of a suppression": Hostile("<!-- notelint-disable a", " , a", "\n[[x]]\n"),
    "empty emphasis": Hostile("", "** **"),
    "empty emphasis in a line of text": Hostile("a", " ** **", " b"),
    "stars": Hostile("", "*"),
    "stars and words": Hostile("", "*a **b "),
    "underscores": Hostile("", "_a__b "),
    "lone surrogates": Hostile("", "\udc80 [[x]] "),
    "lone surrogates in headings": Hostile("", "# \udc80\n"),
    "deep quotes": Hostile("", "> ", "# a"),
    "deep lists": Hostile("", "- ", "[[x]]"),
    "quotes in lists": Hostile("", "> - ", "x"),
    "empty items": Hostile("", "-\n"),
    "angles": Hostile("", "<"),
    "tags never closed": Hostile("", "<a href="),
    "names of tags": Hostile("<", "a", ">"),
    "attributes": Hostile("<a ", "href = ", ">"),
    "attributes and quotes": Hostile("<div id='", '<a id="', "'>"),
    "comments never closed": Hostile("", "<!-- "),
    "comments never closed behind an announcement": Hostile("", "it includes:\n      <!-- \n"),
    "declarations": Hostile("", "<![CDATA[ <?x <!A "),
    "percent signs": Hostile("", "%%"),
    "comments": Hostile("", "%% a %% "),
    "comments over lines": Hostile("", "a %%\n\nb "),
    "dollars": Hostile("", "$a "),
    "double dollars": Hostile("", "$$a "),
    "double brackets": Hostile("", "[["),
    "links never closed": Hostile("", "[[a|b "),
    "links": Hostile("", "[[#Imaging]] "),
    "broken links": Hostile("", "[[Nowhere near]] "),
    "a long link": Hostile("[[", "a", "]]"),
    "a long link to a long heading": Hostile("[[#", "ab ", "c]]\n"),
    "embeds": Hostile("", "!["),
    "nested images": Hostile("", "![a", "](b.png)" * 1000),
    "sizes of an embed": Hostile("![[a.png|", "1 ", "]]"),
    "brackets": Hostile("", "["),
    "brackets and words": Hostile("", "[a ", "](b)"),
    "closing brackets": Hostile("", "a](b"),
    "round brackets": Hostile("", "("),
    "closing round brackets": Hostile("", ") "),
    "backslashes": Hostile("", "\\", "[[x]]"),
    "footnotes never closed": Hostile("", "[^a"),
    "footnotes and images": Hostile("", "^!["),
    "footnote definitions": Hostile("", "[^a]: b\n\n"),
    "other footnote definitions": Hostile("", "[^a]:\n"),
    "definitions": Hostile("", "[a]: b.md\n"),
    "definitions with titles never closed": Hostile("", "[a]: b.md '\n"),
    "a table with many cells": Hostile("| a | b |\n|---|---|\n", "| [[a\\|b]] | c |\n"),
    "a wide table": Hostile("", "| a ", "|\n|---|"),
    "pipes": Hostile("", "|"),
    "backticks": Hostile("", "`"),
    "runs of backticks": Hostile("", "`a ``b ```c "),
    "fences": Hostile("", "```\na\n"),
    "fences never closed": Hostile("", "~~~ a\n````\n"),
    "code with brackets": Hostile(f"{GARDEN}`", "[[", "`"),
    "dashes": Hostile("", "- - -\n"),
    "underlines": Hostile("", "= "),
    "one line": Hostile("", "a "),
    "tabs": Hostile("", "\t"),
    "tabs before text": Hostile("", "\t", "x"),
    "tabs between text": Hostile("a\n\nb", "\t", "c\n"),
    "blanks and tabs": Hostile("", " \t", "x"),
    "no-break spaces": Hostile("", "\u00a0", "x"),
    "tabs in a quote": Hostile(">", "\t", "x"),
    "tabs in an item": Hostile("-", "\t", "x"),
    "tabs below an item": Hostile("- a\n", "\t", "x"),
    "tabs in a published note": Hostile(GARDEN, "\t", "x"),
    "tabs in an import": Hostile(IMPORT, "\t", "x"),
    "tabs of a property": Hostile("---\na:", "\t", "b\n---\n"),
    "blank lines": Hostile("", "\n"),
    "blank lines with blanks": Hostile("", " \t\n"),
    "carriage returns": Hostile("", "\r"),
    "other line ends": Hostile("", "\u2028\x85"),
    "block ids": Hostile("", "a ^b\n\n"),
    "carets": Hostile("", "^"),
    "published ids": Hostile("", "{ #a}\n"),
    "templates": Hostile("", "<% "),
    "templates over lines": Hostile("", "<% a\n%> "),
    "braces": Hostile("", "{{"),
    "invisible characters": Hostile("a", "\u200bb", "c"),
    "invisible characters in blanks": Hostile("", " \u200b "),
    "wrongly decoded": Hostile("", "cafÃ© "),
    "wrongly decoded, one word": Hostile("", "Ã©"),
    "addresses": Hostile("", "https://"),
    "addresses with queries": Hostile("https://a.b/?", "utm_source=x&", ""),
    "announcements": Hostile("", "It includes:\n\n"),
    "rules behind an announcement": Hostile("It includes:\n", "---\n", "x"),
    "conflict marks": Hostile("", "<<<<<<< a\n=======\n>>>>>>> b\n"),
    "placeholders": Hostile("", "[insert "),
    "edit marks": Hostile("## a [edit|", " ", "x"),
    "references": Hostile("## References\n\n", "[1] "),
    "titles": Hostile("", "Imaging\n\n"),
    "titles and prose": Hostile("", "Imaging\n\none two three four five six seven eight nine\n\n"),
    "keys": Hostile("---\n", "a: b\n", "---\n"),
    "other keys": Hostile("---\n? ", "a", "\n---\n"),
    "aliases": Hostile("---\na: &a [x, x]\nb: [", "*a,", "]\n---\n"),
    "anchors": Hostile("---\na: [", "&a x, ", "]\n---\n"),
    "nesting of properties": Hostile("---\na: ", "[", "\n---\n"),
    "maps in one another": Hostile("---\n", "{a: ", "\n---\n"),
    "a long scalar": Hostile('---\na: "', "x ", '"\n---\n'),
    "a long number": Hostile("---\na: ", "1", "\n---\n"),
    "a long hexadecimal number": Hostile("---\na: 0x", "f", "\n---\n"),
    "a block scalar": Hostile("---\na: |\n", "  b\n", "---\n"),
    "escapes": Hostile('---\na: "', "\\u00e9", '"\n---\n'),
    "comments in properties": Hostile("---\n", "# a\n", "b: c\n---\n"),
    "tags of values": Hostile("---\na: ", "!a ", "b\n---\n"),
    "blank lines in properties": Hostile("---\n", " \t\n", "a: b\n---\n"),
    "links in properties": Hostile("---\na: [", "[[x]], ", "]\n---\n"),
    "quotes in properties": Hostile("---\na: [", "'x', ", "]\n---\n"),
    "JSON": Hostile('---\n{"a": [', '"\\ud83d\\ude00", ', '"b"]}\n---\n'),
    "dashes before properties": Hostile("", "-", "\na: b\n---\n"),
    "blank lines before properties": Hostile("", "\n", "---\na: b\n---\n"),
    "templates in properties": Hostile("---\na: ", "{{b}} ", "\n---\n"),
    "colons in properties": Hostile("---\na: ", "b: ", "\n---\n"),
    "a property never closed": Hostile("---\na: '", "b\n"),
    "control characters in properties": Hostile("---\na: ", "\x07", "\n---\n"),
    "an import": Hostile(f"{IMPORT}# a\n\n", "Advertisement\n\nRead more [here](https://example.org/b) | Share\n\n"),
    "an import with one line": Hostile(f"{IMPORT}# a\n\n", "Share · Advertisement [x](https://example.org/b) "),
    "an import with blanks": Hostile(f"{IMPORT}# a\n\nAdvertisement", " ", "x\n"),
    "an import with brackets": Hostile(f"{IMPORT}# a\n\nAdvertisement ", "[![", "x\n"),
    "embeds never closed": Hostile("", "![["),
    "numbered keys": Hostile("---\n", "k№: b\n", "---\n"),
    "numbered aliases": Hostile("---\naliases:\n", "- a№\n", "---\n"),
    "numbered tags": Hostile("---\ntags: [", "a№, ", "]\n---\n"),
    "numbered anchors": Hostile("---\n", "k№: &a№ [b]\n", "---\n"),
    "aliases of numbered anchors": Hostile("---\nk: &a b\n", "k№: &a№ *a\n", "---\n"),
    "numbered misspelt keys": Hostile("---\n", "dg-publsh№: true\n", "---\n"),
    "numbered headings": Hostile("", "## Heading №\n\n[[#Heading №x]]\n\n"),
    "numbered headings of a garden": Hostile(GARDEN, "## Heading *№*\n\n[[#Heading №]]\n\n"),
    "numbered block ids": Hostile("", "a ^b№\n\n[[#^c№]]\n\n"),
    "numbered ids of a garden": Hostile(GARDEN, "a ^B№\n\n[[#^B№]]\n\n"),
    "numbered footnotes": Hostile("", "a[^№]\n\n[^№]: b\n\n"),
    "numbered definitions": Hostile("", "[a№][b№]\n\n[b№]: c.md\n\n"),
    "numbered missing notes": Hostile("", "[[Missing №]] ![[Gone №.png]]\n"),
    "numbered suppressions": Hostile("", "<!-- notelint-disable-next-line a№ -->\n[[x]]\n"),
    "numbered tasks": Hostile("", "- [ ] task №\n"),
    "items in one another": Hostile("---\na:\n  ", "- ", "x\n---\n"),
    "keys in one another": Hostile("---\n", "? ", "x\n---\n"),
    "merge keys": Hostile("---\na: &a {b: c}\nd:\n", "  <<: *a\n", "---\n"),
    "plain scalars over lines": Hostile("---\na: b\n", "  c\n", "---\n"),
    "folded scalars": Hostile("---\n", "a: >+\n\n", "---\n"),
    "directives": Hostile("---\n", "%YAML 1.2\n", "---\n"),
    "callouts in one another": Hostile("", "> [!note]- ", "a"),
    "callouts": Hostile("", "> [!note] a\n> b\n\n"),
    "highlights": Hostile("", "==a == "),
    "strikes": Hostile("", "~~a ~ "),
    "inline footnotes": Hostile("", "^[a "),
    "references to footnotes": Hostile("", "[^1] ", "\n\n[^1]: a\n"),
    "entities": Hostile("", "&amp;&#x26;&ouml"),
    "percent codes": Hostile("[x](", "%20%C3", ")"),
    "percent codes of a wikilink": Hostile("[[", "%20", "]]"),
    "hashes of a link": Hostile("[[a", "#b", "]]"),
    "dots of a path": Hostile("[[", "../", "a]]"),
    "slashes of a path": Hostile("[x](", "a/", "b.md)"),
    "pipes of a link": Hostile("[[a", "|b", "]]"),
    "tags in the text": Hostile("", "#a/b "),
    "one nested tag": Hostile("#a", "/a", " b"),
    "fields": Hostile("", "[a:: b] (c:: d) "),
    "HTML blocks": Hostile("", "<div>\n"),
    "HTML blocks in lists": Hostile("", "- <div>\n"),
    "mathematics over lines": Hostile("", "$$\na\n"),
    "bare addresses": Hostile("", "www.a.b/(c "),
    "mail addresses": Hostile("", "a@b.c "),
    "local parts of a mail address": Hostile("", "a."),
    "autolinks": Hostile("", "<a:b> "),
    "letters that grow": Hostile("# ", "İŉﬃ", "\n\n[[#İŉﬃ]]\n"),
    "combining marks": Hostile("# a", "\u0301\u0323", "\n"),
    "marks of direction": Hostile("", "\u202e\u2066a "),
    "joined emoji": Hostile("", "\U0001f468\u200d"),
    "zeros": Hostile("", "\0"),
    "byte order marks": Hostile("", "\ufeff"),
    "quotes that go on": Hostile("> a\n", "b\n"),
    "numbers of a list": Hostile("", "1. a\n2) b\n"),
    "deep numbered lists": Hostile("", "1. ", "a"),
    "rows without a table": Hostile("", "| a | b |\n"),
    "lines under a table's head": Hostile("", "| a |\n|-|\n"),
    "escaped pipes": Hostile("| a |\n|---|\n| ", "\\|", " |\n"),
    "comments of HTML": Hostile("", "<!-- a -->\n"),
    "comments in one another": Hostile("", "<!-- %% ", "a"),
    "titles of links": Hostile("", '[a](b "c" '),
    "angle destinations": Hostile("", "[a](<b c"),
    "web links of an import": Hostile(IMPORT, "[a](https://example.org/№?utm_source=x) [^](#cite-№)\n"),
    "marks of citations": Hostile(IMPORT, "a[№] b [edit] [citation needed]\n\n"),
    "crumbs of an import": Hostile(IMPORT, "Home › A › B\n\nPrevious | Next\n\n"),
    "empty marks of an import": Hostile(IMPORT, "**** [](x) ![](y) __ __\n\n"),
    "lists of an import": Hostile(IMPORT, "- [a](https://example.org/№)\n"),
    "pictures of an import": Hostile(IMPORT, "![a](https://example.org/№.png)\n\nShare\n\n"),
    "titles of callouts": Hostile("> [!note] ", "[[a|b]] **c** ", "\n> d\n"),
    "folds of callouts": Hostile("", "> [!a]+ [!b]- "),
    "metadata of callouts": Hostile("> [!note|", "a|", "] b\n"),
    "callouts in lists": Hostile("", "- > [!note] a\n  > - > [!tip]\n"),
    "callouts never opened": Hostile("", "> [!\n> a]\n"),
    "footnotes in footnotes": Hostile("", "^[a [^b] ", "]"),
    "footnotes over lines": Hostile("", "[^№]: a\n    b\n\n    c\n"),
    "footnotes in tables": Hostile("| a |\n|---|\n", "| b[^1] ^[c] |\n", "\n[^1]: d\n"),
    "a name of a footnote": Hostile("[^", "a", "]: b\n\n[^a]\n"),
    "comments in properties and text": Hostile("---\na: '%% b'\n---\n", "%%\n<!--\n"),
    "comments in code": Hostile("", "`%%` `<!--` "),
    "comments in fences": Hostile("", "```\n%%\n```\n%%\n"),
    "comments in tables": Hostile("| a |\n|---|\n", "| <!-- b | %% c |\n"),
    "ends of comments": Hostile("", "--> ", "<!--"),
    "tags in one another": Hostile("", "<b><i>", "a"),
    "closing tags": Hostile("", "</b></div>\n\n"),
    "tags in a line": Hostile("a ", "<span class='b'>c</span> ", "\n"),
    "scripts never closed": Hostile("", "<script>\n\n<style> "),
    "blocks of preformatted text": Hostile("", "<pre>\n\na\n</pre> b\n"),
    "pictures of HTML": Hostile("", '<img src="a №.png" alt="[[b]]">\n'),
    "frames": Hostile("", "<iframe src='https://a.b/№'></iframe>\n\n"),
    "details": Hostile("", "<details><summary>a</summary>\n\nb\n\n</details>\n\n"),
    "formulas": Hostile("", "$a_№ \\ce{b}$ \\$ "),
    "formulas never closed": Hostile("", "$$\na $\n\n"),
    "braces of a formula": Hostile("$$", "{", "$$"),
    "commands of a formula": Hostile("$", "\\frac", "$"),
    "formulas in links": Hostile("", "[[$a|b$]] [$x](y$) "),
    "fences of many lengths": Hostile("", "````a\n```\n`````\n~~~\n"),
    "fences in quotes": Hostile("", "> ```\n> a\n"),
    "fences in items": Hostile("", "- ```\n  a\n"),
    "words of a fence": Hostile("```", "a ", "\nb\n```\n"),
    "queries of Dataview": Hostile("", '```dataview\nLIST FROM "a№" AND [[b]]\n```\n'),
    "queries in a line": Hostile("", "`= this.a№` `$= dv.b()` "),
    "fields never closed": Hostile("", "[a№:: b (c:: "),
    "fields of a list": Hostile("", "- a№:: b [c:: [[d]]]\n"),
    "Templater": Hostile("", "<%* a(№) -%> <% tp.b %>\n"),
    "Templater never closed": Hostile("", "<%* [[a]] "),
    "queries of tasks": Hostile("", "```tasks\nnot done\n```\n- [ ] a 📅 2024-01-01 ^b№\n"),
    "canvases in text": Hostile("", "![[a№.canvas]] [[b.base#c]]\n"),
    "links in headings": Hostile("", "# [[a№#b|c]] ^d№\n\n"),
    "tags and headings": Hostile("", "#a№ # b\n#\tc\n"),
    "one nested list": Hostile("", "- a\n  - b\n    - c\n- d\n"),
    "items with blanks": Hostile("", "-     a\n\n      b\n"),
    "many columns": Hostile("", "|a|b|c|d|e|f|g|h|\n"),
    "heads of tables": Hostile("", "|a|\n|:-:|\n|[[b|c]]|\n\n"),
    "code in tables": Hostile("|a|\n|-|\n", "|`b|c`|\\`|\n"),
    "unclosed code in tables": Hostile("|a|\n|-|\n", "|`b|[[c|\n"),
    "rows of one table": Hostile("|a|\n|-|\n|", "b|", "\n"),
    "reference links": Hostile("", "[a][№] [b] ![c][]\n"),
    "long labels": Hostile("[", "a ", "][b]\n\n[b]: c\n"),
    "destinations in angles": Hostile("", "[a](<b №.md> 'c')\n"),
    "ends of destinations": Hostile("[a](b", ")", "\n"),
    "brackets of a destination": Hostile("[a](", "(", ")\n"),
    "entities in links": Hostile("", "[a](b&amp;c&#35;d.md) [[e&amp;f]]\n"),
    "unicode in links": Hostile("", "[[é№#é|é]] [é](é%C3%A9.md)\n"),
    "links to parents": Hostile("", "[a](../../b№.md) [[../c]]\n"),
    "block ids in items": Hostile("", "- a ^b№\n  - c ^b№\n"),
    "block ids below tables": Hostile("", "|a|\n|-|\n\n^b№\n\n"),
    "times of videos": Hostile("", "![[a.mp4#t=№]] ![[b.pdf#page=№]]\n"),
    "lists in properties": Hostile("---\na:\n", "  - {b№: [c, d]}\n", "---\n"),
    "numbered unknown keys": Hostile("---\n", "key№: [a]\n", "---\n"),
    "dates of properties": Hostile("---\n", "a№: 2024-13-01T00:00\n", "---\n"),
    "quotes of properties": Hostile("---\n", 'a№: "b\\n[[c]]" # d\n', "---\n"),
    "block scalars": Hostile("---\n", "a№: |-\n    b\n", "---\n"),
    "properties without blanks": Hostile("---\n", "a№:b\n", "---\n"),
    "properties with tabs": Hostile("---\n", "a№:\tb\n\t- c\n", "---\n"),
    "documents": Hostile("---\n", "...\n--- a\n", "---\n"),
    "aliases of links": Hostile("---\naliases: [", "'[[a№]]', ", "]\n---\n"),
    "permalinks": Hostile("---\ndg-publish: true\ndg-path: ", "a/", "\n---\n"),
    "headings of an import": Hostile(IMPORT, "## See also\n\n- [a](https://example.org/№)\n\n## Share this\n\n"),
    "comments of an import": Hostile(IMPORT, "Reply\n\nBob says:\n\n3 days ago\n\nLike 5\n\n"),
    "crumbs in one line of an import": Hostile(f"{IMPORT}Home", " › [a](https://example.org/b)", "\n"),
    "forms of an import": Hostile(IMPORT, "Email *\n\nSubscribe\n\n- [ ] I agree\n\n"),
    "banners of an import": Hostile(IMPORT, "We use cookies\n\nAccept all\n\nReject\n\n"),
    "tables of an import": Hostile(f"{IMPORT}|a|\n|-|\n", "|[b](https://example.org/№)|Share|\n"),
    "bylines of an import": Hostile(IMPORT, "By Bob №\n\nUpdated 3 May 2024\n\n5 min read\n\n"),
    "citations of an import": Hostile(IMPORT, "a^[[№]](https://example.org/#cite_note-№)^ [↑](#r№)\n\n"),
    "cards of an import": Hostile(IMPORT, "[![](https://a.b/№.png)](https://a.b/№)\n\n### [c](https://a.b/№)\n\n"),
    "plain lines of an import": Hostile(IMPORT, "word №\n"),
}


def _steps(note: Note) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each step of reading and judging a note, in an order in which none pays for another."""
    text = note.text
    yield "frontmatter", lambda: frontmatter.parse(text)
    yield "misplaced frontmatter", lambda: frontmatter.misplaced(text)
    yield "wikilinks", lambda: list(find_wikilinks(text))
    yield (
        "headings' keys",
        lambda: (heading_key(text), title_key(text), heading_for_link(text), heading_id(encodable(text))),
    )
    yield "structure", lambda: note.structure
    yield "lines", lambda: (note.lines, note.units)
    yield "outline", lambda: note.outline
    yield "suppressions", lambda: _suppress(note)
    checkers = [kind() for kind in load_checkers().values()]
    for checker in (one for one in checkers if isinstance(one, NoteChecker)):
        yield checker.id, lambda checker=checker: list(checker.check(note))  # type: ignore[misc]
    notes = {note.path: note.outline, "Imaging.md": Note("Imaging.md", "x\n").outline}
    worlds = {"": Vault(notes), " on a website": Vault(notes, rules=WEBSITE)}
    for other in (one for one in checkers if isinstance(one, VaultChecker)):
        for world, vault in worlds.items():
            yield f"{other.id}{world}", lambda other=other, vault=vault: list(other.check(note.outline, vault))  # type: ignore[misc]


def _suppress(note: Note) -> None:
    suppressions = Suppressions.of(note)
    for link in note.links:
        suppressions.silences("broken-link", link.span)
    list(suppressions.unused(["broken-link"], ["broken-link"]))


def _times(hostile: Hostile, size: int) -> dict[str, float]:
    taken = {}
    for name, step in _steps(Note("A.md", hostile.of(size), PROFILE)):
        start = time.process_time()
        with limited():
            step()
        taken[name] = time.process_time() - start
    return taken


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_in_proportion_to_size(name: str) -> None:
    hostile = HOSTILE[name]
    largest = _times(hostile, SIZES[-1])
    slow = [step for step, taken in largest.items() if taken >= LITTLE]
    if not slow:
        return
    rest = [_times(hostile, size) for size in SIZES[:-1]]
    for step in slow:
        times = [*(taken[step] for taken in rest), largest[step]]
        if is_worse_than_linear(times):  # once more: another process may have had the machine
            again = [_times(hostile, size)[step] for size in AGAIN]
            assert not is_worse_than_linear(again), f"{step} takes {times}, then {again}"


def test_what_is_quadratic_is_seen() -> None:
    assert is_worse_than_linear([0.01, 0.04, 0.16, 0.64])
    assert not is_worse_than_linear([0.05, 0.1, 0.3, 0.5])
    assert not is_worse_than_linear([0.001, 0.002, 0.004, 0.09])


FIXED = {
    "empty emphasis": Hostile("a", " ** ** b", " b\n"),
    "links": Hostile("", "[x](B c.md)\n"),
    "pipes in a table": Hostile("| a | b |\n|---|---|\n", "| [[B c|b]] | c |\n"),
    "tags": Hostile("---\n", "tags: a\n", "---\n"),
    "invisible characters": Hostile("", "a\u200bb "),
    "headings": Hostile("", "#### Imaging\n\n"),
    "tracking": Hostile("", "https://a.b/?utm_source=x\n"),
    "tracking in links": Hostile("", "[tracking](u?utm_source=x) "),
    "tracking in web links": Hostile("", "[t](https://a.b/u?utm_source=x) "),
    "tracking in headings": Hostile("", "# [t](https://a.b/u?utm_source=x)\n"),
    "tracking of an import": Hostile(IMPORT, "[t](https://a.b/u?utm_source=x)\n\n"),
    "tracking in nested images": Hostile("", "![a https://a.b/?utm_source=x ", "](B c.png)" * 400),
    "links in a link": Hostile("[a ", "![[B%20c]] ", "](x.md)"),
    "encoded links": Hostile("", "[[B%20c]] "),
    "links in a quote": Hostile("", "> [x](B c.md)\n"),
    "wrongly decoded words": Hostile("", "Ãªx "),
    "one word wrongly decoded": Hostile("", "Ãªx"),
    "repeated keys": Hostile("---\n", "a: b\n", "---\n"),
    "repeated tags": Hostile("---\ntags: [", "a, ", "]\n---\n"),
    "repeated block ids": Hostile("", "a ^B\n\n"),
    "invisible characters in a heading": Hostile("# a", "\u200bb", "\n"),
    "invisible characters in a link": Hostile("[[B c|a", "\u200bb", "]]\n"),
    "soft hyphens": Hostile("", "a\u00adb"),
    "undecodable bytes": Hostile("", "a\udc80"),
    "footnotes": Hostile("", "a[^№] [t](https://a.b/?utm_source=x)\n\n[^№]: x\n\n"),
    "citations": Hostile(IMPORT, "a[1][2] word\n\n"),
    "empty links": Hostile(IMPORT, "[](x) a\n\n"),
    "advertisements": Hostile(IMPORT, "Advertisement\n\nwords of it are these\n\n"),
    "rows": Hostile("| a | b |\n|---|---|\n", "| [[B%20c|b]] | https://a.b/?utm_source=x |\n"),
    "code": Hostile("", "`https://a.b/?utm_source=x` a\u200bb\n"),
    "jumps": Hostile("", "# a\n\n##### b\n\n"),
    "links of a garden": Hostile(GARDEN, "[[ B c ]] [[B c|b]]\n\n{{x}} <b>a</b>\n\n"),
}


ALLOWED = {id: checker.allowance() for id, checker in load_checkers().items()}


def _fixing(hostile: Hostile, size: int) -> float:
    """The time of finding, applying and verifying all fixes of a note, unsafe ones too."""
    plan = LintPlan(tuple(kind() for kind in load_checkers().values()))
    note = Note("A.md", hostile.of(size), PROFILE)
    other = Note("B c.md", "x\n").outline

    def diagnostics(notes: Mapping[str, Note]) -> Mapping[str, list[Diagnostic]]:
        return {path: lint(one, Vault({path: one.outline, "B c.md": other}), plan) for path, one in notes.items()}

    start = time.process_time()
    with limited():
        fix_loop.fix_notes({note.path: note}, diagnostics, unsafe=True, allowed=ALLOWED.__getitem__)
    return time.process_time() - start


@pytest.mark.parametrize("name", FIXED)
def test_fixing_and_verifying_is_in_proportion_to_size(name: str) -> None:
    sizes = [size >> 2 for size in SIZES]
    times = [_fixing(FIXED[name], size) for size in sizes]
    if is_worse_than_linear(times):
        again = [_fixing(FIXED[name], size >> 2) for size in AGAIN]
        assert not is_worse_than_linear(again), f"{times}, then {again}"
