"""The append-only record of returns, declarations and decisions."""
