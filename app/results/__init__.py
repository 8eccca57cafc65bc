"""What is read from the past: rates, red line, exports."""
