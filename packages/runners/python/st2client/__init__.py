"""A client of the REST API for packs that have none in their virtualenv: pip's st2client comes before it."""
__version__ = "3.10dev"
