"""Database roles, append-only tables and server checks, shared by every app's migrations."""
