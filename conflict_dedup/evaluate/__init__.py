"""How well an output agrees with a gold folder: measures, pure functions over figures and incidents."""
