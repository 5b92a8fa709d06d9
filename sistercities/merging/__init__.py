"""Two records of one thing become one, and two again when that was a mistake.

A floor says what is special about its models (`kinds.Kind`, `kinds.rule`), everything else follows
from the model graph: whatever points to the one that goes points to the one that stays afterwards.
`planning.Plan` says what would be written, `acting` writes it in one transaction and takes it back.
Nothing is deleted and nothing made, so undoing is writing the old values again, exactly.
"""
