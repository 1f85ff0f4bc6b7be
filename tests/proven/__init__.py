"""What Steward is asked for, point by point, and the test that shows it; docs/ has both tables, drawn from here."""
