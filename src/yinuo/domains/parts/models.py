"""Stock over the network: depots, moves, requests for parts, returns."""
