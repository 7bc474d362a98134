"""Copies of a workspace made while others write, and their way back."""
