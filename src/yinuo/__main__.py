"""`python -m yinuo` is the command line."""

import sys

from yinuo.surfaces.cli import main

sys.exit(main())
