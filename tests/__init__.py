"""The tests of wherefrom; ``tests/README.md`` says which room holds what."""
