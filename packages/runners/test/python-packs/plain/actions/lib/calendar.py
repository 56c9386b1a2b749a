OWNER = "the pack"
