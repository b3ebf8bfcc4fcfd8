"""Accounts of the console by the command: for whoever runs the server, and for the day no administrator gets in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import OperatorError, StaffNotFoundError
from bot.settings import Role, Settings

if TYPE_CHECKING:
    from bot.desk.roster import Member, Roster
    from bot.store.staff import Staff

app = typer.Typer(help="Accounts of the staff console.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="The name they sign in with.")]


@app.command("add")
def add(login: Login) -> None:
    """Make a one-time link with which a member of the staff sets name and password.

    For a login that exists it sets a new password.
    """
    from bot.serving import invite

    typer.echo(asyncio.run(invite(Settings.load(), login)))


@app.command("list")
def list_all() -> None:
    """Print every account: login, role, whether it may sign in, two-factor, when last here, name."""

    async def work() -> None:
        from bot.serving import roster

        async with roster(Settings.load()) as accounts:
            for member in (await accounts.roll()).members:
                typer.echo(_line(member))

    asyncio.run(work())


@app.command("role")
def set_role(
    login: Login,
    role: Annotated[Role, typer.Argument(help="admin, agent, reviewer or reader.")],
) -> None:
    """Give an account another role; the last administrator stays one."""

    async def act(accounts: Roster, who: Staff) -> None:
        from bot.desk.roster import OPERATOR

        await accounts.set_role(OPERATOR, who.id, role)

    _with(login, act)


@app.command("disable")
def disable(login: Login) -> None:
    """Let somebody in no more: they are signed out, and the bot goes on in their conversations."""
    from bot.serving import disable as run

    count = _told(lambda: run(Settings.load(), login))
    if count:
        typer.echo(f"conversations the bot goes on in: {count}")


@app.command("enable")
def enable(login: Login) -> None:
    """Let somebody in again."""

    async def act(accounts: Roster, who: Staff) -> None:
        from bot.desk.roster import OPERATOR

        await accounts.enable(OPERATOR, who.id)

    _with(login, act)


@app.command("reset-2fa")
def reset_two_factor(login: Login) -> None:
    """Ask somebody for no code any more, whose telephone is lost, and sign them out."""

    async def act(accounts: Roster, who: Staff) -> None:
        from bot.desk.roster import OPERATOR

        await accounts.reset_two_factor(OPERATOR, who.id)

    _with(login, act)


def _with(login: str, act: Callable[[Roster, Staff], Awaitable[None]]) -> None:
    async def work() -> int:
        from bot.serving import roster

        async with roster(Settings.load()) as accounts:
            await act(accounts, await accounts.by_login(login))
        return 0

    _told(work)


def _told(work: Callable[[], Awaitable[int]]) -> int:
    """What cannot be is told in one line, as everything the operator can mend."""
    from bot.desk.errors import LastAdministratorError

    async def run() -> int:
        return await work()

    try:
        return asyncio.run(run())
    except (StaffNotFoundError, LastAdministratorError) as error:
        raise OperatorError(error.user_text) from None


def _line(member: Member) -> str:
    who = member.staff
    seen = f"{who.last_seen_at:%Y-%m-%d}" if who.last_seen_at else "never"
    state = "active" if who.is_active else "disabled"
    factor = "two-factor" if who.two_factor else "password only"
    return f"{who.login:<24} {who.role.value:<9} {state:<9} {factor:<14} {seen:<11} {who.name}"
