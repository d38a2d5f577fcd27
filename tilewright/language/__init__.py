"""How people write kernels: `import tilewright.language as pl`."""
