"""What can go wrong at the desk's door and on its pages."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import TidewaiterError


class SignInRefusedError(TidewaiterError):
    """The login is unknown or the password does not fit; the text does not tell which."""

    default_user_text = "This login and password do not go together."


class TooManyAttemptsError(TidewaiterError):
    """Too many sign-ins have failed for this login or from this address."""

    default_user_text = "Too many sign-ins have failed."

    def __init__(self, wait: timedelta) -> None:
        minutes = max(1, round(wait.total_seconds() / 60))
        told = f"{self.default_user_text} Please wait {minutes} minutes and try again."
        super().__init__("too many failed sign-ins", user_text=told)
        self.seconds = int(wait.total_seconds())
        """What `Retry-After` says."""


class UnfitLoginError(TidewaiterError):
    """This cannot be a login."""

    default_user_text = (
        "A login has 2 to 64 characters: letters a to z, digits, dots, dashes, underscores and @."
    )


class UnfitNameError(TidewaiterError):
    """This cannot be a name."""

    default_user_text = "Please give a name of 1 to 80 characters; prospects will read it."


class WeakPasswordError(TidewaiterError):
    """The password breaks one of the rules; the text says which."""


class NotSignedInError(TidewaiterError):
    """The page is for the staff, and nobody is signed in here."""

    default_user_text = "Please sign in."


class NotPermittedError(TidewaiterError):
    """The role of whoever is signed in does not include this."""

    default_user_text = (
        "Your role does not include this. An administrator can change what you may do."
    )


class InsecureAddressError(TidewaiterError):
    """The desk was asked for over plain http from another machine; a cookie would go in the clear."""

    default_user_text = (
        "The desk opens over https only, because your password would travel in the clear. "
        "Ask whoever runs the server to put https before it and to set TIDEWAITER_PUBLIC_URL; "
        "on the server itself the desk opens at http://127.0.0.1 as well."
    )


class ForeignOriginError(TidewaiterError):
    """A form was posted by a page of another site."""

    default_user_text = "This was sent from another site and has had no effect."


class UnreadableFormError(TidewaiterError):
    """What was posted is not a form we can read."""

    default_user_text = "This could not be read. It may be too long, or not come from our page."


class EmptyTextError(TidewaiterError):
    """There is nothing to send."""

    default_user_text = "Please write something first."


class LongTextError(TidewaiterError):
    """The text is longer than a message may be."""

    default_user_text = "This is longer than a message may be. Please send it in parts."
