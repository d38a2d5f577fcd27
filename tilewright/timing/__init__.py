"""How long a program takes: pipes, cores, scheduler."""
