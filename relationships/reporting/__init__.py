"""What committees report: exchanges, donations, programmes; and what is written out of it.

A report is entered by one side of a tie and acknowledged by the other. It is public from the first
day, with the acknowledgement shown as missing, and counted once.
"""
