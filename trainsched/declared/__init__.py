"""What is declared, not programmed: policies, roster codes, programmes and costs from models/."""

from trainsched.declared.codes import load_codes
from trainsched.declared.files import DeclaredError, Fault, models_directory
from trainsched.declared.policies import POLICY_KEYS, load_policy, policy_names

__all__ = [
    "POLICY_KEYS",
    "DeclaredError",
    "Fault",
    "load_codes",
    "load_policy",
    "models_directory",
    "policy_names",
]
