"""How files of the learner are written: replacing.py puts each into its place in one step."""
