"""Synthetic organisations of any size, with invented people, for trials and examples."""

from trainsched.generate.organisation import organisation_tables, write_organisation

__all__ = ["organisation_tables", "write_organisation"]
