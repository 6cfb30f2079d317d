"""Every way in: the command line. It computes nothing."""
