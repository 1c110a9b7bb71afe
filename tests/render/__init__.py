"""Telling: the views of resolutions and traces."""
