"""Raw articles in, briefings out."""
