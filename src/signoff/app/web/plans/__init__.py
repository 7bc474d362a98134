"""Pages: campaign plans, their report and where each number comes from."""
