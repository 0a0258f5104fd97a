"""The look of the site: templates, styles and small scripts on Material for MkDocs."""
