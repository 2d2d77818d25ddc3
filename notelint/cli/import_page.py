"""`notelint import`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notelint.cli.messages import report_problems
from notelint.cli.options import config_file, open_run
from notelint.core.errors import NotelintError
from notelint.core.printable import counted, printable
from notelint.core.safe_read import read_named

if TYPE_CHECKING:
    from notelint.engine.workspace import Workspace
    from notelint.importer.article import Article
    from notelint.importer.formats import Saved

_STDIN = "-"
_LARGEST = 256 << 20  # bytes of a page, with the pictures that some programs save in it
_LONGEST = 100  # characters of a block in the report


@click.command("import")
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to", type=click.Path(path_type=str), help="The note to write, or a folder (default: here, named by the title)."
)
@click.option("--source", metavar="URL", help="The page's address, if it does not say it itself.")
@click.option("--report", is_flag=True, help="List on stdout the blocks of the page that were left out.")
@config_file
def command(pages: tuple[Path, ...], to: str | None, source: str | None, report: bool, file: Path | None) -> None:
    """Turn saved web pages into notes: the article, and in the frontmatter where it comes from.

    PAGE is an .html or .mhtml file, a folder of such files, or - for stdin. Several pages go into a folder. Images
    that were saved with a page are copied to the attachment folder, and the safe fixes of `notelint fix` are applied.
    A note that exists is never overwritten, and nothing is fetched from the network.
    """
    from notelint.importer.article import check_extra

    files = list(_files(pages))
    target = Path(to) if to is not None else Path()
    many = len(files) > 1 or any(page.is_dir() for page in pages)
    in_folder = many or to is None or to.endswith(("/", "\\")) or target.is_dir()
    _check(files, source, target, many)
    check_extra()
    run = open_run(target if in_folder else target.parent, {"file": file})
    imports = _Import(run, target, in_folder, source, report)
    failed = 0
    for number, page in enumerate(files):
        run.progress("importing", number, len(files))
        try:
            imports.page(page)
        except NotelintError as error:
            if not many:
                raise
            failed += 1
            click.echo(printable(f"notelint: {error}"), err=True)
    if failed:
        click.echo(f"notelint: {counted(failed, 'page')} of {len(files)} not imported", err=True)
        sys.exit(2)


def _files(pages: tuple[Path, ...]) -> Iterator[Path]:
    """The pages of files and folders, each once; folders of files that belong to a saved page are not looked into."""
    from notelint.importer.formats import PAGES

    seen: set[Path] = set()
    for page in pages:
        inside = _pages_below(page, PAGES) if page.is_dir() else [page]
        for one in inside:
            if one not in seen:
                seen.add(one)
                yield one


def _pages_below(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    found = []
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not any((folder / f"{_page_of(entry.name)}{ending}").is_file() for ending in endings):
                found += _pages_below(entry, endings)
        elif entry.suffix.lower() in endings:
            found.append(entry)
    return found


def _page_of(folder: str) -> str:
    """The name of the page that a folder of its files belongs to: browsers call it "Name_files", in many languages."""
    for sign in ("_", "-", "."):
        name, found, _ = folder.rpartition(sign)
        if found:
            return name
    return folder


def _check(files: list[Path], source: str | None, target: Path, many: bool) -> None:
    if not files:
        raise NotelintError("no page to import: no .html or .mhtml file is there")
    for page in files:
        if str(page).lower().startswith(("http:", "https:")):
            address = page.as_posix().replace(":/", "://", 1)  # of two slashes a path keeps one
            raise click.UsageError(f"{address} is an address: save the page first, nothing is fetched")
    if many and source is not None:
        raise click.UsageError("--source is the address of one page, and several are given")
    if many and target.is_file():
        raise click.UsageError(f"--to {target} is a file: several pages need a folder")


@dataclass
class _Import:
    """State that all pages of one command share."""

    run: "Workspace"
    target: Path
    in_folder: bool
    source: str | None
    report: bool
    written: set[Path] = field(default_factory=set)

    def page(self, page: Path) -> None:
        """Import a page. Raises `NotelintError`."""
        from datetime import date

        from notelint.importer import article, write

        found = article.read(_saved(page), self.source, date.today())
        place = _free(self.target / f"{found.name}.md", self.written) if self.in_folder else self.target
        place = place if place.suffix.lower() == ".md" else place.with_name(f"{place.name}.md")
        fixed = write.write(self.run, place, found)
        self.written.add(place)
        report_problems(fixed)
        for doubt in found.doubts:
            click.echo(printable(f"notelint: {page}: {doubt}"), err=True)
        if self.report:
            _list_left_out(page, found)
        how = "" if self.report else "; --report lists them"
        rest = f" (left out: {_left_out(found)}{how})" if found.left_out else ""
        click.echo(f"notelint: wrote {printable(str(place))}{rest}", err=True)


def _saved(page: Path) -> "Saved":
    """The page in a file or on stdin. Raises `NotelintError` if it cannot be read, or is none."""
    from notelint.importer import formats

    if str(page) == _STDIN:
        return formats.read(sys.stdin.buffer.read(), "stdin", None)
    try:
        return formats.read(read_named(page, _LARGEST), str(page), page.absolute().parent)
    except OSError as error:
        raise NotelintError(f"cannot read {page}: {error.strerror}") from error


def _free(place: Path, written: set[Path]) -> Path:
    """The place of a note, with a number where another page of this run has the same title."""
    number = 2
    free = place
    while free in written:
        free = place.with_name(f"{place.stem} {number}.md")
        number += 1
    return free


def _left_out(article: "Article") -> str:
    return f"{counted(len(article.left_out), 'block')}, {counted(article.words_left_out, 'word')}"


def _list_left_out(page: Path, article: "Article") -> None:
    click.echo(printable(f"Left out of {page}: {_left_out(article)}"))
    for block in article.left_out:
        text = block.text if len(block.text) <= _LONGEST else f"{block.text[: _LONGEST - 3]}..."
        click.echo(printable(f"  {block.words:5}  {block.place}: {text}"))
