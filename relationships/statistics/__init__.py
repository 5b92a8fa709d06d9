"""The public figures: charts with a finding each, and what a city or a state has to show of a year.

`asking.py` reads whose figures are wanted, `counting.py` counts them (as the lists and the office's
figures do), `findings.py` puts each chart into one sentence, `charts.py` puts numbers, drawing and
links together. `stateofties.py` is the sheet for the council.
"""
