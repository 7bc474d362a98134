"""The steps of each kind of job."""
