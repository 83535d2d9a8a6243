"""The dataset: an immutable collection of records and the questions it answers. Internal."""
