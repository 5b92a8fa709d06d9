"""What the office does with the dues of committees, one act a file: `charging` a year, `paying`,
`reminding`; `roll` shows who stands how on a day."""
