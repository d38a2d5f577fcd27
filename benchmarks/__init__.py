"""Measurements: what is fast, what is covered, what the public cost model says. Nothing here is a test."""
