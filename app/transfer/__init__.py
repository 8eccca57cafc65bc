"""One workshop from one server to another, such as from a laptop to a hosted one."""
