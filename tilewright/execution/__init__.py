"""What a program computes: the value engine and the physical engine."""
