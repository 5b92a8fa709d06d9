"""The guides that come with the software: one TOML file each, put into the registry once."""
