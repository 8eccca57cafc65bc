"""`added` holds the files of a kind that is not ours: test_adding_a_kind.py adds them to a copy of the house."""

collect_ignore = ["added"]
