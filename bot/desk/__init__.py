"""The staff's console: who may come in, the queue, the conversations and the leads."""
