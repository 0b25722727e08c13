"""Today's roster scored with the yardstick of a plan. Changes nothing."""

from trainsched.roster_audit.audit import audit_organisation

__all__ = ["audit_organisation"]
