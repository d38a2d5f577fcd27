"""Does the checker of synchronisation notice what is missing, and does every flag order something?"""
