"""Numbers of the registry: ties, exchanges and aid, by year and by country, state or committee.

Only what is published is counted, each once. `scope.py` says whose figures are asked for, `cell.py`
which rows stand behind one number, `counting.py` adds them up in a fixed number of questions,
`asking.py` is the form that page, links and exports share. Nothing here knows of the admin.
"""
