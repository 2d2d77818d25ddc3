"""What the command line selects for a run."""

from msgspec import Struct

from notelint.vault.link_rules import ResolutionProfile


class Selection(Struct, frozen=True):
    """The command line's selection: checkers, and by whose rules; None leaves the choice to the configuration."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    resolution: ResolutionProfile | None = None
