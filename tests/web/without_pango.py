"""What the program that draws documents does on a machine without the pango library."""

raise OSError("cannot load library 'libpango-1.0-0'")
