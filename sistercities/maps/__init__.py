"""Small maps drawn on the server: outlines, projections, arcs, labels. See README.md."""
