"""Which organisations may be one and the same: names taken apart, candidates found, scored and explained."""
