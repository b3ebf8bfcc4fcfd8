"""Who is talking: conversations, intake, leads, desk, channels, store and the pages."""
