"""Django plumbing without business words: actors, the writing path, accounts, mail, files."""
