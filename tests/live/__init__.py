"""Tests of live tracing: the program cannot tell, and the trace tells it all."""
