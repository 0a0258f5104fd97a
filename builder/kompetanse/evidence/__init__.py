"""What people hand over about what they can: read with care, and written out for a leader."""
