"""Everything that speaks HTTP itself: the shield, the guard's door, sign-in and sign-out."""
