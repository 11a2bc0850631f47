"""The promise kernel: pure Python and NumPy, no I/O, never reads the clock."""
