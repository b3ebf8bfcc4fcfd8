"""`tidewaiter search`: the index by which the staff finds what was said."""

from __future__ import annotations

import asyncio

import typer

from bot.settings import Settings

app = typer.Typer(help="The index by which the staff finds what was said.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep the name of the one sub-command."""


@app.command()
def rebuild() -> None:
    """Make the index anew: for what was kept before there was one, and after the key was changed."""
    from bot.store.indexing import rebuild as make_anew
    from bot.store.work import Store

    async def work() -> int:
        store = Store.open(Settings.load())
        try:
            await store.migrate()
            return await make_anew(store)
        finally:
            await store.close()

    typer.echo(f"{asyncio.run(work())} messages and inquiries can be found.")
