"""One module per command; each offers one `command`."""
