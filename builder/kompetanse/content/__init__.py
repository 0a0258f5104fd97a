"""From files to the catalogue: front matter with lines, schema, links, reuse and checks."""
