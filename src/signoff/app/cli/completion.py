"""`signoff completion`: the script that lets a shell complete commands and options."""

import click
from click.shell_completion import get_completion_class

from signoff.app.cli.command import Command

__all__ = ["completion"]

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the shell's completion script.

    Example:
      signoff completion bash >> ~/.bashrc
      signoff completion zsh >> ~/.zshrc
      signoff completion fish > ~/.config/fish/completions/signoff.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    root = context.find_root().command
    click.echo(kind(root, {}, "signoff", "_SIGNOFF_COMPLETE").source())
