"""The roster: codes and their meanings, grids and lists, and what they say slot by slot."""
