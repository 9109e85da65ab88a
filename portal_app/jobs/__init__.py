"""What the portal does by itself, every now and then: when, and by one worker at a time."""
