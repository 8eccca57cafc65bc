"""`morgen doctor`: what is well here, what is not, and what to do about it. Nothing is changed and nothing is sent."""
