"""The plan workshop: drafts written as form and file, tried, tested, approved and published."""
