"""Let MkDocs show the staged site in place of the files of the content folder."""
