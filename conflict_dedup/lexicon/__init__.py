"""What the program knows: languages, places, armed groups, fitted weights. Data with one loader each."""
