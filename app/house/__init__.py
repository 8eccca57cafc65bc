"""Tools that keep the house: the front end, the locks, the command in the virtual environment. Not in the wheel."""
