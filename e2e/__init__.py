"""The portal as a patron has it: in a browser, served as it will be served."""
