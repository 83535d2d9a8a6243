"""Makes the HTML that a notebook shows for records, results and datasets. Internal."""
