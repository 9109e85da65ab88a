"""Page objects, one for each page, named like the page."""
