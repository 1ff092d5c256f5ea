"""From a district's yearly plan to its commune loudspeakers, and back."""
