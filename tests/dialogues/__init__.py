"""Transcripts of whole conversations, in files anybody can read, played against the real reception and store."""
