"""How fast and how right we are: `make bench`. Numbers to compare on one machine, not promises."""
