"""What the site knows becomes pages: planned, compared with what was built before, rendered, and put in place."""
