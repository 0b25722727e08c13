"""Benchmarks: a ladder of sizes, the timetables of ITC-2007, and other planners side by side."""
