"""The AI management system as the organisation states it: entries that are drafted, approved and kept, by kind."""
