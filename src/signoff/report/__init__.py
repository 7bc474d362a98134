"""Plans and studies as pages and files that people read."""
