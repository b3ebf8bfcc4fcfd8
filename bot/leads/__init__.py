"""What prospects gave us to pass on: kept, named by a reference, delivered once."""
