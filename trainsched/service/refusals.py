"""Why nothing is shown: a plan that the checker refused, of ours or given to us."""

from trainsched.domain.findings import Finding


class CheckerRejection(Exception):  # noqa: N818 - the name is part of the interface
    """The independent checker refused a plan of ours: a fault of the program, nothing is shown."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.detail for finding in findings))


class BrokenPlan(Exception):  # noqa: N818 - the name is part of the interface
    """A plan that was given to us breaks rules, so nothing is built on it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.detail for finding in findings))
