"""The patron portal of a public library."""
