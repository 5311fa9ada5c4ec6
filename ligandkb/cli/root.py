"""What do all commands hang on?"""

from __future__ import annotations

from typing import Annotated

import typer

import ligandkb
from ligandkb.cli.options import Commands


def root() -> Commands:
    """Make the command ``ligandkb`` without any of its commands."""
    app = Commands(
        name="ligandkb",
        help="Which ligands to buy for bright CsPbX3 nanocrystals: ranked, explained, sourced.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def _root(
        version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
    ) -> None:
        if version:
            typer.echo(f"ligandkb {ligandkb.__version__}")
            raise typer.Exit

    return app
