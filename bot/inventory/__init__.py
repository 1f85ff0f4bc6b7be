"""Other people's inventories: how their columns are read, row by row, and nothing added to what they say."""
