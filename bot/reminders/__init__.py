"""Reminders of renewals: worked out once, kept sealed, sent by mail, stopped by a word or a link."""
