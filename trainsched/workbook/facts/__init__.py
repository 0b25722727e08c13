"""From parsed rows to facts: one file a noun, and the checks that need more than one cell."""
