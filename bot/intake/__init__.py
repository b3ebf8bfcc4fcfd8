"""Forms as data, and the pure filling of one."""
