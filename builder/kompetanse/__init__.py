"""Read, check and publish the competence catalogue of a region's municipalities."""

__version__ = "0.1.0"
