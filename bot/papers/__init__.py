"""Pictures and papers made of the knowledge base: a procedure at a glance, a checklist to print."""
