"""What can be wrong with the knowledge base: one family, each named after the thing that is wrong."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Something in the knowledge base, or asked of it, is wrong."""


class DataFileError(KnowledgeError):
    """A data file cannot be read as what it should be; the message names file and line."""


class UnknownFactError(KnowledgeError):
    """No fact has this id."""


class UnknownInstrumentError(KnowledgeError):
    """No legal instrument has this id."""


class UnknownProcedureError(KnowledgeError):
    """No procedure has this name, or it has no day of that name."""


class NotInForceError(KnowledgeError):
    """The fact had no content on the day asked about."""


class CalendarRangeError(KnowledgeError):
    """The day lies outside the years the working-day calendar can count."""


class AmountError(KnowledgeError):
    """An amount of money or a number of days makes no sense in this sum."""
