"""What patrons do without a connection, and what becomes of it."""
