"""A checkpoint at any moment changes nothing that anybody can see."""
