"""What happens to a meeting once the spider has read it: one step a file, in the order of the settings."""
