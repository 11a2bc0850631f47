"""Publishing price lists, and what happens to a quote."""
