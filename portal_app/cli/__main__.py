"""The portal's command line, as ``./portal`` starts it."""

import sys

from portal_app.cli import main

sys.exit(main())
