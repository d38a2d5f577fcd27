"""Do the validation harness and the engines notice a fault? `python -m benchmarks.planted_faults`; see `__main__`."""
