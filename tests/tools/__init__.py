"""What writes the parts of the docs that are made from the code."""
