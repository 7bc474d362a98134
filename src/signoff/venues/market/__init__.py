"""The market as venues see it: cells of accounts, audiences, responses and their evidence."""
