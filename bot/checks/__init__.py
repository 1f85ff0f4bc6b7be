"""What `steward check` looks at: our own side, and Slack as it is set up for us. Nothing is changed."""
