"""`python -m api` is `prioritise`."""

from api.cli import main

main()
