"""What publishing a vault would do."""
