"""Facts and results: frozen types, the list of rules, and nothing that solves, reads or prints."""
