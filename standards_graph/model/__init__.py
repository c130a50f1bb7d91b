"""Values that the rooms hand each other; they know neither files nor the store."""
