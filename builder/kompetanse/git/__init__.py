"""The region's own repository: when each file last changed. The only place that starts git."""
