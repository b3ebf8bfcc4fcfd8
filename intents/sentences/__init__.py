"""Sentence vectors: what a sentence means as 384 numbers, by a small published model and without torch."""
