"""Other systems' lists of what is used: read as a stream, matched to the catalogue, counted; nothing else is kept."""
