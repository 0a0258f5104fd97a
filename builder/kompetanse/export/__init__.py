"""Courses as packages for other systems: one module for each format, all of them written from an `Edition`."""
