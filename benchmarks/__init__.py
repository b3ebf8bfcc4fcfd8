"""How fast and how right we are: `make bench`. Numbers to compare on one machine, not promises."""

import intents as _first  # noqa: F401 - before numpy: it says how many threads the linear algebra has
