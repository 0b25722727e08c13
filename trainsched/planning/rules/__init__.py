"""Every hard rule as one function on the build; none depends on the order."""
