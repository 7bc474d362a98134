"""In which weeks units appear, and whom it is worth reaching when."""
