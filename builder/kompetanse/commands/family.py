"""A command with commands of its own, as its `--help` tells them."""

from __future__ import annotations

import click


class Family(click.Group):
    """Tells each of its commands by its whole first sentence, over as many lines as that takes."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands; click alone ends each at the edge of the first line."""
        rows = [
            (name, self.commands[name].get_short_help_str(limit=1000)) for name in self.list_commands(ctx)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
