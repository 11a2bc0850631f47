"""Which of several covers pays for one case, for each part of the bill, and why the others lost."""
