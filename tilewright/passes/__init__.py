"""How a program gets better: one pass per file."""
