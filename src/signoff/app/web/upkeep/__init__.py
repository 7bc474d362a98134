"""Pages: settings of the workspace, health, and the parts that pages are made of."""
