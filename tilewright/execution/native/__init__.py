"""The native runner: emitted C++, compiled for the host, loaded with ctypes and run in a process of its own.

The C++ is compiled against pto-isa's CPU simulator where `PTO_LIB_PATH` names a tree of it, else against our own host
headers in `lowering/cce/host`. A kernel may do anything, so it never runs in the caller's process: arrays go there and
back through a file, and come back only when the kernel has finished.
"""
