"""The errors that a person is meant to read: each message names the thing, the value and what to do."""


class SanctionsMonitorError(Exception):
    """Base of every error of ours; the command line prints it as one line, without a traceback."""


class UserError(SanctionsMonitorError):
    """Something a user typed or set is wrong: an option, a setting, a line on standard input."""


class DataError(SanctionsMonitorError):
    """A data file (catalogue, subscriptions, reference table, lexicon) breaks its schema."""


class StorageError(SanctionsMonitorError):
    """The database can't be reached or does not have our schema."""


class FetchError(SanctionsMonitorError):
    """A feed gave no usable document this time. It is recorded with the feed and never stops the others."""


class DeliveryError(SanctionsMonitorError):
    """The mail server could not be reached at all; every mail stays in the outbox."""
