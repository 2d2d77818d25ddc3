"""`notelint import`."""

from pathlib import Path

import click

from notelint.cli.messages import tell_problems
from notelint.cli.options import config_file, open_run
from notelint.core.printable import printable


@click.command("import")
@click.argument("page", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", type=click.Path(path_type=Path), help="The note to write (default: here, named by its title).")
@click.option("--source", metavar="URL", help="The page's address, if it does not say it itself.")
@config_file
def command(page: Path, to: Path | None, source: str | None, file: Path | None) -> None:
    """Turn a saved web page into a note: the article, and in the frontmatter where it comes from.

    PAGE is an HTML file. Links are made absolute, tables and images stay, and the safe fixes of `notelint fix` are
    applied. A note that exists is never overwritten, and nothing is fetched from the network.
    """
    from datetime import date

    from notelint.importer import extract

    article = extract.read(page, source, date.today())
    target = (to or Path()) / f"{article.name or page.stem}.md" if to is None or to.is_dir() else to
    target = target if target.suffix.lower() == ".md" else target.with_name(f"{target.name}.md")
    mended = extract.write(open_run(target.parent, {"file": file}), target, article)
    tell_problems(mended.problems)
    click.echo(f"notelint: wrote {printable(str(target))}", err=True)
