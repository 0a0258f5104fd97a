"""What others wrote, read into our model: one module per format, and what they share."""
