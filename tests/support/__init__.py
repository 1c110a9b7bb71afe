"""What the tests share: interpreters, child processes, portraits of specs, generated trees."""
