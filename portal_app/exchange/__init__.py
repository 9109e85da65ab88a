"""Catalogue formats in, lists out: pure readers and writers, no database."""
