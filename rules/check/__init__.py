"""Checks of documents: everything that a reader of one text or of a whole folder can see to be wrong."""
