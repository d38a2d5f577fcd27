"""What it is for: the kernels that ship with the compiler."""
