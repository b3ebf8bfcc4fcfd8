"""Reminders of renewals."""
