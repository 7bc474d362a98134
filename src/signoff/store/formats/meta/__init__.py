"""Meta (Facebook and Instagram): its custom-audience list out."""
