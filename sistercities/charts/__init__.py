"""Charts drawn on the server as SVG: bars, columns, a line; no script, no inline style.

The SVG has no viewBox: its unit is the reader's own pixel, across it measures in percent and down
in em. So a chart is as wide as its place, its letters never shrink, and larger letters make it
higher. What it draws stands in a table beside it; the drawing alone says nothing that the table
does not.
"""
