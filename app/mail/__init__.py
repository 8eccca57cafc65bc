"""Letters: what is planned, rendered, queued and sent."""
