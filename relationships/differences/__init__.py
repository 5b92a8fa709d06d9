"""Comparing a list with the registry: what each lacks, taking over, giving back.

`comparing` reckons the pairs and stores them with their totals; `accepting` makes an import plan of
chosen ones; `learning` keeps the Wikidata numbers of cities that a list tells; `giving` writes what
Wikidata lacks as `quickstatements`; `totals` is what the public reads. Nothing but a plan that
somebody applies writes ties.
"""
