"""What every end-to-end test needs: a server of its own, and plain HTTP to ask it.

Standard library only. A test starts its own server on a free loopback port in a folder of its own, and stops it by
its process id; nothing is shared between tests and nothing is left behind.
"""
