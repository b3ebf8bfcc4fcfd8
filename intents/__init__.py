"""What is asked: a text in, its meaning out, and the answer to it from the knowledge base."""
