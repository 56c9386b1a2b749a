"""Modules of the standard library, under the names of their patched forms."""
