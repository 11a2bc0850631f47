"""Views of the console: parse typed input, make one call, render."""
