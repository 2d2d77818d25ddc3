"""The kept tree of a page brought to few forms: what pages write in a hundred ways, each in one that has a Markdown.

Every step changes the tree in place and loses no word. Forms that HTML has no element for are named `x-...`; the
converter knows them: `x-math`, `x-noteref`, `x-note`, `x-callout`.
"""
