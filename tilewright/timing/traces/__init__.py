"""Traces: what ran where and when, in the layouts that people already look at."""
