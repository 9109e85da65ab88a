"""Speed and size, each measured beside a reference in the same run."""
