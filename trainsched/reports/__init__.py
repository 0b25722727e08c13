"""Results for people: the terminal, a workbook, tables. The only place that formats."""
