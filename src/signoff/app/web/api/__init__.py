"""The API: the same functions for programs, under tokens with scopes."""
