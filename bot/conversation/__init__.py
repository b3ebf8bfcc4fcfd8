"""The pure core: (state, event, now) -> (state, effects). No await, no I/O."""
