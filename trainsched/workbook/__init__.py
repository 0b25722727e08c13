"""The border between workbooks and facts: reading, writing, templates and plan.xlsx."""
