"""What can go wrong in the bot: one family, each named after the thing that is wrong."""

from __future__ import annotations

from typing import ClassVar


class TidewaiterError(Exception):
    """Base of all our errors. The message is for developers and logs and holds no personal data."""

    default_user_text: ClassVar[str] = "Something went wrong on our side. Please try again."

    def __init__(self, message: str, *, user_text: str | None = None) -> None:
        super().__init__(message)
        self.user_text = user_text or self.default_user_text
        """What a person may be shown."""


class OperatorError(TidewaiterError):
    """The operator can mend it, so the operator is shown the message itself."""

    def __init__(self, message: str, *, user_text: str | None = None) -> None:
        super().__init__(message, user_text=user_text or message)


class SettingsError(OperatorError):
    """A setting has a value we cannot use; the message names the variable and what is wanted."""


class PortTakenError(OperatorError):
    """Another program listens on the port."""


class FolderNotWritableError(OperatorError):
    """A folder we must write to cannot be made or written."""


class FileNotWritableError(OperatorError):
    """A file we were asked to write cannot be written."""


class KeyMissingError(OperatorError):
    """The key that sealed the stored data is not among the configured keys."""


class KeyFileError(OperatorError):
    """The key file holds no usable key, or others can read it and we cannot change that."""


class QuestionFileError(OperatorError):
    """A file of questions is not what it should be; the message names file and line."""


class PaperError(OperatorError):
    """A picture or a paper cannot be set: the machine has no font for the language, or the template is wrong."""


class DecryptionError(TidewaiterError):
    """A sealed value was damaged, or stands where it was not written."""


class StoreError(TidewaiterError):
    """The database could not do what was asked."""


class MigrationError(OperatorError):
    """The database could not be brought to the shape this version needs."""


class SlotTakenError(OperatorError):
    """Another process has the place among the replicas that this one is to have."""


class DurableError(TidewaiterError):
    """Durable work was asked for in a way, or at a time, in which it cannot be done."""


class ConversationNotFoundError(TidewaiterError):
    """No conversation has this id."""

    default_user_text = "This conversation no longer exists."


class ActionRefusedError(TidewaiterError):
    """What a member of the staff wanted cannot be done now; the user text says why."""


class MessageNotFoundError(TidewaiterError):
    """No message has this id."""

    default_user_text = "This message no longer exists."


class FileNotKeptError(TidewaiterError):
    """No file has this id; it may have been erased with its conversation, or never been sent."""

    default_user_text = "This file no longer exists."


class FileRefusedError(TidewaiterError):
    """A file is not taken. The message is the id of the words that tell its sender why."""

    @property
    def reason(self) -> str:
        """That id, such as `file_too_large`."""
        return str(self)


class LeadNotFoundError(TidewaiterError):
    """No lead has this id or reference."""

    default_user_text = "This lead does not exist."


class LeadChangedError(TidewaiterError):
    """Somebody has changed the lead since whoever changes it now has looked."""

    default_user_text = "A colleague has changed this lead meanwhile. Look again, then decide."


class LostWithoutReasonError(TidewaiterError):
    """A lead was to be lost without saying why."""

    default_user_text = "Please say why the lead was lost."


class LessonRefusedError(OperatorError):
    """What was to be learnt contradicts the data, or holds what must not be published."""


class ReviewLineNotFoundError(OperatorError):
    """No line to review has this number; it may have been learnt, dropped or forgotten."""


class DeliveryNotFoundError(TidewaiterError):
    """No delivery has this id; its lead may have been erased."""

    default_user_text = "This delivery no longer exists."


class StaffNotFoundError(TidewaiterError):
    """No member of staff has this id or login."""

    default_user_text = "This account does not exist."


class LoginTakenError(TidewaiterError):
    """Another member of staff signs in by this name."""

    default_user_text = "This login is already taken."


class SetupLinkSpentError(TidewaiterError):
    """The set-up link was used before, has run out or never existed."""

    default_user_text = "This link has been used or has run out. Ask for a new one."


class ReferenceTakenError(TidewaiterError):
    """Another lead bears this reference; make a new one and try again."""


class DeliveryError(TidewaiterError):
    """A lead did not get through this time; another attempt may succeed."""


class DeliveryRefusedError(DeliveryError):
    """The receiver refused the lead for good; trying again is of no use."""
