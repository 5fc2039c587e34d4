"""How are the criteria of a catalogue decided for millions of profiles at once?"""
