"""TikTok: its customer file out."""
