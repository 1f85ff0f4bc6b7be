"""The register in the shape of others: public inventories of AI, each a file of data."""
