"""The command-line tools: `pto-opt` and `tilewright`."""
