"""A compiler for tile programs on Huawei Ascend a2a3."""

__version__ = "0.1.0"
