"""Rules as data: expressions (FEEL), and what is built from them."""
