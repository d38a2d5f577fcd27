"""What the chip is and what an instruction costs; knows nothing of IR."""
