"""What a tab remembers. Handlers read input, call one service, show the answer."""
