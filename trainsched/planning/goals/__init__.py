"""Every goal as one file: what is minimised, and how its value is read off a finished plan."""
