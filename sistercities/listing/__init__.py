"""What every long list shares: a form that owns the filters, facets, orders and pages.

`forms` reads the address, `links` writes it, `facets` counts, `orders` sorts and names a place in
the list, `pages` reads fifty rows from there. `lists` puts them together; an app's own list says
what its rows, filters and facets are. Short lists, which can be counted, are cut by `numbered`.
"""
