"""What is kept: tables, the one unit of work, sealed values, and durable work beside them."""
