"""Files that prospects upload: what is taken, under which name, and where they are kept."""
