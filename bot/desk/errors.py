"""What can go wrong at the desk's door and on its pages."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import TidewaiterError


class SignInRefusedError(TidewaiterError):
    """The login is unknown or the password does not fit; the text does not tell which."""

    default_user_text = "This login and password do not go together."


class SecondStepError(TidewaiterError):
    """The password fits, and a code is asked for too: no failure, but nobody is signed in yet."""

    default_user_text = "Please type the code of your authenticator app."

    def __init__(self, ticket: str) -> None:
        super().__init__("a second step is wanted")
        self.ticket = ticket
        """What the code has to come with. It is sealed, and of use for a few minutes."""


class SecondStepOverError(TidewaiterError):
    """The second step took too long, or the password was changed meanwhile."""

    default_user_text = "That took too long. Please sign in anew."


class CodeRefusedError(TidewaiterError):
    """A code of the second step does not fit, or was used before."""

    default_user_text = (
        "This code does not fit. A code of the app is good for half a minute and works once; "
        "a recovery code works once."
    )


class SecondFactorWantedError(TidewaiterError):
    """The role has to sign in with a code too, and whoever is signed in has not set that up."""

    default_user_text = (
        "Your role signs in with a code of an authenticator app as well. Please set that up first."
    )


class WrongPasswordError(TidewaiterError):
    """Whoever is signed in has to prove it by their password, and it does not fit."""

    default_user_text = "This is not your present password."


class LastAdministratorError(TidewaiterError):
    """It would leave the house without an administrator."""

    default_user_text = "This is the last administrator. Make somebody else an administrator first."


class NotYourselfError(TidewaiterError):
    """Somebody would lock themselves out."""

    default_user_text = "You cannot do this to your own account. Ask another administrator."


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


class NoSuchPageError(TidewaiterError):
    """The desk has nothing at this address."""

    default_user_text = "There is nothing at this address."
