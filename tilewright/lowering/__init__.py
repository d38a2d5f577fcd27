"""How a program leaves a level: tile to pto, pto to text and to C++."""
