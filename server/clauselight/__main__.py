"""`python -m clauselight` is the command `clauselight`."""

import sys

from clauselight.cli import main

sys.exit(main())
