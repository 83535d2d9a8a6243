"""Records to the forms that other tools read."""
