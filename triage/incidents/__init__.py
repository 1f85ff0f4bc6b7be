"""What went wrong, nearly went wrong or worries somebody: a record of its own, with rules and clocks."""
