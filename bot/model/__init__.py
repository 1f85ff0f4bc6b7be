"""All that knows of a model: what leaves, how it is asked, what of its answer is taken; LiteLLM has no other door."""
