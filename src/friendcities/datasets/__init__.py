"""The dataset: an immutable collection of records, with methods to query it. Internal."""
