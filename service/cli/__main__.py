"""`python -m service.cli` is the command `allocator`."""

from service.cli import main

main()
