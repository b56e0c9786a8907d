"""Moving in: a site of another generator becomes briefings and pages here, and what could not come along is said."""
