"""What one cell may say: a small parser for every kind of cell, none of which reads a sheet."""
