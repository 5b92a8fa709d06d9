"""`make bench`: how fast the public pages are, beside two yardsticks of the same server.

Absolute figures depend on the machine; the ratios are what is promised. Nothing here is asserted by
the suite: a timed test proves the weather.
"""
