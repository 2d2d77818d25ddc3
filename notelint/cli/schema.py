"""`notelint schema infer`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notelint.cli.messages import say, write_out
from notelint.cli.options import cache_dir, config_file, open_run

if TYPE_CHECKING:
    from notelint.inference.propose import Inferred, KindProposal

_share = click.FloatRange(0, 1, min_open=True)


@click.group()
def command() -> None:
    """Infer a schema from the properties and sections that notes of this vault have in common."""


@command.command(short_help="Propose a schema and a profile for each kind of note.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--by", metavar="folder|none|PROPERTY", help="What tells kinds of note apart (default: what tells most).")
@click.option("--kind", "only", multiple=True, metavar="NAME", help="Only the kind of this name (repeatable).")
@click.option(
    "--what", type=click.Choice(["both", "schema", "profile"]), default="both", show_default=True,
    help="What to print: the schema of the properties, the profile of the sections.",
)  # fmt: skip
@click.option(
    "--least", type=click.IntRange(1), default=5, show_default=True, help="How many notes make a kind of their own."
)
@click.option(
    "--required-share", type=_share, default=1.0, show_default=True,
    help="What is required: properties and sections that at least this share of the notes has.",
)  # fmt: skip
@click.option(
    "--section-share", type=_share, default=0.2, show_default=True,
    help="What is a section of the kind: headings that stand in at least this share of the notes.",
)  # fmt: skip
@click.option("--closed", is_flag=True, help="Allow no property that no note has (additionalProperties: false).")
@click.option("--write", is_flag=True, help="Put the files into schemas/, and name them in the configuration.")
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--cache/--no-cache", default=True, help="Use results of the last run, and keep them (default: yes).")
@cache_dir
@config_file
def infer(paths: tuple[Path, ...], only: tuple[str, ...], what: str, form: str, **options: Any) -> None:
    """Propose a schema of properties and a profile of sections for each kind of note, from the notes as they are.

    PATHS are notes and folders to learn from (default: the whole vault). Notes are divided into kinds by a property
    such as `type`, else by folder if the folders differ, else not at all; --by decides otherwise.

    \b
    notelint schema infer                          look at what is proposed
    notelint schema infer --by folder              one kind for each folder
    notelint schema infer --required-share 0.95    require what nearly all notes have
    notelint schema infer --kind disease --what schema > disease.schema.json
    notelint schema infer --write                  put it where `notelint check` finds it

    Types, formats and choices hold for every note looked at, and so does what is required: the notes that are there
    pass, a new one that differs is reported. With a lower --required-share the notes that lack something are
    reported too. Properties that no note has yet are allowed unless --closed is given. Nothing that exists is
    overwritten.
    """  # noqa: D301 - click's mark
    from notelint.core.errors import NotelintError
    from notelint.inference import propose

    write, run_options = options.pop("write"), {name: options.pop(name) for name in ("file", "cache", "cache_dir")}
    if write and what != "both":
        raise click.UsageError("--write puts schemas and profiles into the vault together: leave --what out")
    run = open_run(paths[0] if paths else Path.cwd(), run_options)
    if not run.files.notes:
        raise NotelintError(f"nothing to infer from: no note (*.md) in the vault {run.root}")
    found = propose.infer(run, paths, propose.InferenceRequest(**options))
    chosen = _chosen(found, only)
    _report(found, chosen)
    _print(found, chosen, what, form)
    if write and chosen:
        for path in propose.put(run, chosen):
            say(f"notelint: wrote {path}", err=True)
        click.echo("notelint: read them, then run `notelint check`", err=True)
    elif chosen:
        click.echo("notelint: read this, then run the same with --write to put it into the vault", err=True)


def _chosen(found: "Inferred", only: tuple[str, ...]) -> "list[KindProposal]":
    from notelint.core.errors import NotelintError
    from notelint.core.typed_toml import did_you_mean

    names = [one.name for one in found.proposals]
    for name in only:
        if name not in names:
            raise NotelintError(f"there is no kind {name!r}{did_you_mean(name, names)}; there are: {', '.join(names)}")
    return [one for one in found.proposals if not only or one.name in only]


def _print(found: "Inferred", chosen: "list[KindProposal]", what: str, form: str) -> None:
    """The proposals on stdout: each under its path, unless it is the only one."""
    import json

    from notelint.core.printable import in_json

    if form == "json":
        kinds = [one.as_json() for one in chosen]
        whole = {"notes": found.notes, "how": found.how, "kinds": kinds, "remarks": list(found.remarks)}
        click.echo(in_json(json.dumps(whole, indent=2)))
        return
    texts = {}
    for one in chosen:
        if what != "schema":
            texts[one.profile_path] = one.profile_text
        if what != "profile" and one.schema_text:
            texts[one.schema_path] = one.schema_text
    shown = [text if len(texts) == 1 else f"# {path}\n{text}" for path, text in texts.items()]
    write_out(in_json("\n".join(shown)))  # TOML has the same escape


def _report(found: "Inferred", chosen: "list[KindProposal]") -> None:
    """Print a summary on stderr."""
    from notelint.core.printable import counted, printable

    def tell(line: str) -> None:
        click.echo(f"notelint: {printable(line)}", err=True)

    tell(f"{counted(found.notes, 'note')}, {found.how}")
    for one in chosen:
        known, needed = one.schema or {"properties": ()}, sum(section.required for section in one.sections)
        asked = len(known.get("required", ()))
        tell(
            f"{one.name}: {counted(len(one.kind.notes), 'note')} {one.kind.what}; "
            f"{len(known['properties'])} properties ({asked} required), "
            f"{counted(len(one.sections), 'section')} ({needed} required)"
        )
        for remark in one.remarks:
            tell(f"  {one.name}: {remark}")
    for remark in found.remarks:
        tell(remark)
    if not found.proposals:
        tell("nothing to propose: try a lower --least, or another --by")
