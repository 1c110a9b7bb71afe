"""The command as a user meets it: installed, in processes of its own."""
