"""Makes the HTML that a notebook shows for records, query results and datasets. Internal."""
