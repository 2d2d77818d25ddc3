"""The type that options of text have: generic for a type checker, and in click from 8.4 on only."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    TextParameter = click.ParamType[str]
else:
    TextParameter = click.ParamType
