"""Everything about one use on a few pages: pure functions from what is kept to sections, a picture and a page."""
