"""The studio: how it sounds. Reading, voices, mix, loudness, and the bulletin that comes of them."""
