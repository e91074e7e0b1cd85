"""The stages in order, and the command line."""

import click


@click.group()
def main() -> None:
    """Turn council papers into rows you can query, each with the words it came from."""
