"""Which conversations the clock has something to do in: found by their indexed columns, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.store.tables import ConversationRow
from bot.store.work import Work

Row = ConversationRow


def forms_untouched(work: Work, *, since: datetime, limit: int) -> list[str]:
    """Ids of conversations whose open form nobody has touched after that moment."""
    wanted = select(Row.id).where(Row.form_since <= since)
    return list(work.session.scalars(wanted.order_by(Row.form_since).limit(limit)))


def forms_to_remind_of(
    work: Work,
    *,
    channel: str,
    owners: Sequence[str],
    since: datetime,
    after: datetime | None,
    limit: int,
) -> list[str]:
    """Ids of a channel's conversations whose form was last touched up to `since`, after `after` if that is given."""
    mine = Row.channel == channel, Row.owner.in_(owners), Row.form_unreminded_since <= since
    wanted = select(Row.id).where(*mine)
    if after is not None:
        wanted = wanted.where(Row.form_unreminded_since > after)
    return list(work.session.scalars(wanted.order_by(Row.form_unreminded_since).limit(limit)))


def to_look_at(work: Work, *, until: datetime, limit: int = 1000) -> list[str]:
    """Ids of conversations in which something is due up to a moment, the earliest first."""
    wanted = select(Row.id).where(Row.look_at <= until)
    return list(work.session.scalars(wanted.order_by(Row.look_at).limit(limit)))
