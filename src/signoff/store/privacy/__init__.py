"""What a person may ask for: to see all that is kept, and to be forgotten everywhere."""
