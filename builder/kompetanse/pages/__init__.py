"""From the catalogue to finished Markdown and data files; no MkDocs here."""
