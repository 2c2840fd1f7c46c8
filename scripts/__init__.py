"""Tools for developers: benchmarks, pictures for the README, and checks of message catalogues."""
