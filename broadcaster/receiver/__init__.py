"""The receiver: the small program at the loudspeakers. It knows the cellar, the airtime wall and the manifest, and nothing else of the house."""

VERSION = "0.1.0"
