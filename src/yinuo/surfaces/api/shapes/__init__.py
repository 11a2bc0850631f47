"""The fields each answer shows, as a schema for the description and as a function that fills it."""
