"""What can go wrong in understanding and answering: one family, each named after the thing that is wrong."""

from __future__ import annotations


class IntentsError(Exception):
    """Something in the understanding of messages, or in its data, is wrong."""


class UnknownIntentError(IntentsError):
    """No topic has this id."""


class UnknownHandlerError(IntentsError):
    """A topic names a handler that no code answers to."""


class MissingTextError(IntentsError):
    """A wording is missing in a language; the message names the key."""


class LessonError(IntentsError):
    """What was to be taught contradicts what is taught or tested already."""


class UntrainableError(IntentsError):
    """There is too little to learn from: fewer than two intents, or an intent without phrases."""


class ModelFileError(IntentsError):
    """A saved matcher cannot be read, or is not the file that was saved."""


class GrammarError(IntentsError):
    """A phrase with gaps cannot be read; the message says what is wrong in it, and not where it stands."""
