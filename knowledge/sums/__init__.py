"""The sums the law implies: security by value, last days by working-day count, renewal windows."""
