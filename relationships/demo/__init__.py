"""The demo registry: facts kept by hand in the files beside this one, and how they are loaded."""
