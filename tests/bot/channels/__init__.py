"""The channels: what arrives, how it is rendered, what is refused."""
