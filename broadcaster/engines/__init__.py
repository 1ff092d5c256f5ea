"""The machines that keep the rooms' promises: voices, and the program that mixes, encodes and measures."""
