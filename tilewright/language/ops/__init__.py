"""The operations of the language, a family in each file, collected by `registry`."""
