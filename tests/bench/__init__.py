"""`python -m tests.bench`: figures of the live room, against a real server in a process of its own."""
