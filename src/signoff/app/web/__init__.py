"""The web application: pages over the same workspace and the same functions as the commands."""
