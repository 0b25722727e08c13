"""What is declared, not programmed: policies, roster codes, programmes and costs from models/."""

from trainsched.declared.codes import load_codes
from trainsched.declared.costs import Costs, load_costs
from trainsched.declared.files import DeclaredError, Fault, models_directory
from trainsched.declared.policies import POLICY_KEYS, load_policy, policy_names
from trainsched.declared.programmes import DeclaredProgramme, ProgrammeYear, load_programmes

__all__ = [
    "POLICY_KEYS",
    "Costs",
    "DeclaredError",
    "DeclaredProgramme",
    "Fault",
    "ProgrammeYear",
    "load_codes",
    "load_costs",
    "load_policy",
    "load_programmes",
    "models_directory",
    "policy_names",
]
