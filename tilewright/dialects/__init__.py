"""What can be said: the `tile` and `pto` dialects, their diagnostics and text."""
