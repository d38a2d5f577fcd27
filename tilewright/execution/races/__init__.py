"""Does every order that a kernel relies on follow from its flags? A checker of instruction streams, with reports."""
