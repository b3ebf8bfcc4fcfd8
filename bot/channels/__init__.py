"""Where prospects write: each channel turns what arrives into an `Inbound` and renders a `Reply`."""
