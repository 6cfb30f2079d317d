"""An independent, slow and literal reading of what a status means over time.

The tests compare the engine with it over random frameworks and histories. It shares no code with
the engine, and must not: it is worth something only as long as it was written separately.

`evaluate` knows formulas and conditions, `fold` what a status means over time, `generate` makes
random frameworks and histories.
"""
