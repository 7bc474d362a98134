"""What the templates of forms may call."""
